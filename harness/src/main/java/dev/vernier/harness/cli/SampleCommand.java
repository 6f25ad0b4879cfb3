package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.experiments.SamplingOptions;
import dev.vernier.harness.generation.SampleFiles;
import dev.vernier.harness.generation.SampleSeries;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.Conditions;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.weights.Asker;
import dev.vernier.harness.weights.SavedGenerator;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.harness.weights.WeightsFolder;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Provider;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code vernier sample}: images from a trained generator. */
@Command(
    name = "sample",
    description =
        "Draws images from a trained generator: as one picture, as PNG files, and as an .npz for ADM's"
            + " evaluator.",
    mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
  private static final String GENERATOR = RunPlan.GENERATOR;
  private static final String TOKENIZER = "tokenizer.";

  @Option(
      names = "--cell",
      paramLabel = "DIR",
      description =
          "cell of a run, runs/RUN/cells/ID, that trained a generator, or that drew samples, whose"
              + " sampling settings are then the default")
  private Path cell;

  @Option(
      names = "--weights",
      paramLabel = "PATH",
      description =
          "in place of --cell: a folder that training wrote (cells/ID/state/generator), or a"
              + " checkpoint file")
  private Path weights;

  @Option(
      names = "--tokenizer-weights",
      paramLabel = "PATH",
      description =
          "with --weights: those of the tokenizer that decodes, a folder that training wrote"
              + " (cells/ID/state/tokenizer), or a checkpoint file")
  private Path tokenizerWeights;

  @Option(
      names = "--generator",
      paramLabel = "NAME",
      description = "a generator of 'vernier list' (default: what the weights' folder says)")
  private String generator;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description = "a tokenizer of 'vernier list' (default: what its weights say)")
  private String tokenizer;

  @Option(
      names = "--class",
      paramLabel = "N",
      description = "class number, repeatable; images cycle through them (default: all)")
  private List<Integer> classes = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "seed of all draws; with as many threads (VERNIER_THREADS), each image depends only on it"
              + " and on the image's number (default: the cell's, or 1)")
  private Long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      parameterConsumer = GivenSettings.class,
      description =
          "repeatable: top-k, top-p, temperature, guidance, schedule, samples (default: those that"
              + " the cell drew with, else those of 'vernier list sampling'); or, where weights do not say"
              + " it, generator.NAME and tokenizer.NAME")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/sample-TIME")
  private Path out;

  @Option(names = "--resume", description = "continue the sampling in --out")
  private boolean resume;

  @Mixin private PluginOptions pluginOptions;
  @Mixin private ProgressOptions progressOptions;
  @ParentCommand private Vernier vernier;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (resume && out == null) {
      throw new UsageException("--resume needs --out, the folder of the samples to continue");
    }
    Plugins plugins = pluginOptions.discover();
    SampleSource source = source();
    SamplingOptions options = SamplingOptions.of(sampling(source));
    SavedGenerator model =
        SavedGenerator.of(source.generator(), generator, GENERATOR, settings(GENERATOR));
    SavedTokenizer decoder = decoder(source, plugins);
    SampleFolder folder = new SampleFolder(out == null ? RunName.now("sample") : out);
    folder.refuseOthers();
    Backend.load();
    try (Progress progress = progressOptions.progress();
        Generator drawn = model.load(source.generator(), plugins);
        Tokenizer decoding = decoding(decoder, source.tokenizer(), drawn.spec(), plugins)) {
      String decoderHash = FolderHash.of(source.tokenizer());
      List<String> notes = new ArrayList<>(model.assumptions(source.generator(), plugins));
      notes.addAll(decoder.assumptions(source.tokenizer(), plugins));
      model.otherTokenizer(source.tokenizer(), decoderHash).ifPresent(notes::add);
      notes.forEach(line -> progress.update("note", 0, 0, line));
      refuseMismatch(drawn.spec(), decoding.spec());
      refuseClasses(drawn.spec());
      SamplingSettings draw = options.of(drawn.spec().subCodebooks(), source.seed());
      try (SampleFolder.Held held =
          folder.hold(asked(source, model, decoder, decoderHash, options, plugins), resume)) {
        vernier.interruption().install();
        draw(held, drawn, draw, options.samples(), decoding, progress);
      }
    } catch (Interruption.Interrupted e) {
      throw new UsageException(
          "interrupted; to continue, repeat the command with --out " + folder.path() + " --resume",
          e);
    }
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println("samples: " + folder.path());
    stdout.flush();
    return ExitCodes.DONE;
  }

  private void draw(
      SampleFolder.Held folder,
      Generator drawn,
      SamplingSettings settings,
      int samples,
      Tokenizer decoding,
      Progress progress)
      throws IOException {
    try (SampleSeries series =
        new SampleSeries(drawn.spec(), classes, samples, folder.path().resolve("samples.tokens"))) {
      Runnable between = vernier.interruption()::stopIfRequested;
      series.draw(drawn, settings, between, progress);
      new SampleFiles(folder.path()).write(series, decoding, between, progress);
    }
  }

  /** All that decides the samples. */
  private String asked(
      SampleSource source,
      SavedGenerator model,
      SavedTokenizer decoder,
      String decoderHash,
      SamplingOptions options,
      Plugins plugins)
      throws IOException {
    List<Provider> providers =
        List.of(plugins.generator(model.generator()), plugins.tokenizer(decoder.tokenizer()));
    return new ContentHash()
        .add(Conditions.codeOf(providers, plugins))
        .add(FolderHash.of(source.generator()))
        .add(model.generator())
        .add(new TreeMap<>(model.settings()).toString())
        .add(decoderHash)
        .add(decoder.tokenizer())
        .add(new TreeMap<>(decoder.settings()).toString())
        .add(options.toString())
        .add(classes.toString())
        .add(String.valueOf(source.seed()))
        .add(Backend.description())
        .hexadecimal();
  }

  private SampleSource source() throws IOException {
    if ((cell == null) == (weights == null)) {
      throw new UsageException(
          "give either --cell, the cell of a run, or --weights and --tokenizer-weights");
    }
    if ((weights == null) != (tokenizerWeights == null)) {
      throw new UsageException(
          cell == null
              ? "--weights needs --tokenizer-weights, the tokenizer that decodes the samples"
              : "a cell says which tokenizer decodes: leave --tokenizer-weights out");
    }
    return cell == null
        ? SampleSource.ofWeights(weights, tokenizerWeights, seed)
        : SampleSource.ofCell(cell, seed);
  }

  private Map<String, String> sampling(SampleSource source) {
    Map<String, String> given = new TreeMap<>(source.sampling());
    settings.forEach(
        (name, text) -> {
          if (!name.startsWith(GENERATOR) && !name.startsWith(TOKENIZER)) {
            given.put(name, text);
          }
        });
    return given;
  }

  /** What the user set with a prefix, by the name behind it. */
  private Map<String, String> settings(String prefix) {
    Map<String, String> own = new LinkedHashMap<>();
    settings.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), text);
          }
        });
    return own;
  }

  private SavedTokenizer decoder(SampleSource source, Plugins plugins) throws IOException {
    Map<String, String> own = settings(TOKENIZER);
    if (source.given().isPresent()) {
      if (tokenizer != null || !own.isEmpty()) {
        throw new UsageException(
            "a cell says which tokenizer decodes, and its settings: leave out "
                + (tokenizer != null ? "--tokenizer" : TOKENIZER + own.keySet().iterator().next()));
      }
      return source.given().get();
    }
    Path path = source.tokenizer();
    SavedTokenizer saved = SavedTokenizer.of(path, tokenizer, Asker.SAMPLE, plugins);
    new WeightsFolder(path, Asker.SAMPLE).refuseSettings(TOKENIZER, own);
    return saved.with(own);
  }

  /** The tokenizer, for images of the size that is drawn where it is bound to none. */
  private static Tokenizer decoding(
      SavedTokenizer decoder, Path weights, GeneratorSpec drawn, Plugins plugins)
      throws IOException {
    Tokenizer usual = decoder.load(weights, plugins);
    TokenizerSpec spec = usual.spec();
    if (spec.gridHeight() == drawn.gridHeight() && spec.gridWidth() == drawn.gridWidth()) {
      return usual;
    }
    usual.close();
    int factor = spec.downsampling();
    ImageSize size = new ImageSize(drawn.gridHeight() * factor, drawn.gridWidth() * factor);
    return decoder.load(weights, plugins, size);
  }

  private static void refuseMismatch(GeneratorSpec drawn, TokenizerSpec decoder) {
    String codes = grid(drawn.gridHeight(), drawn.gridWidth(), drawn.subCodebooks());
    String decoded = grid(decoder.gridHeight(), decoder.gridWidth(), decoder.subCodebooks());
    if (!codes.equals(decoded)) {
      throw new UsageException(
          "the generator draws "
              + codes
              + ", the tokenizer decodes "
              + decoded
              + ": use the tokenizer that it was trained on");
    }
  }

  private static String grid(int rows, int columns, List<SubCodebook> subCodebooks) {
    return subCodebooks.stream()
        .map(each -> each.name() + " of " + each.size())
        .collect(Collectors.joining(", ", rows + " x " + columns + " codes (", ")"));
  }

  private void refuseClasses(GeneratorSpec drawn) {
    for (int each : classes) {
      if (each < 0 || each >= drawn.classes()) {
        throw new UsageException(
            "there is no class " + each + ": the generator has 0 to " + (drawn.classes() - 1));
      }
    }
  }
}
