package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.SamplingOptions;
import dev.vernier.harness.generation.SampleFiles;
import dev.vernier.harness.generation.SampleSeries;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.CellRunner;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerLoader;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code vernier sample}: images from a trained generator. */
@Command(
    name = "sample",
    description = "Draws images from a trained generator: a picture, a folder of PNG, a .npz file.",
    mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
  private static final String ASKED = "sampling.sha256";

  @Option(
      names = "--cell",
      paramLabel = "DIR",
      description = "cell of a run that trained a generator or drew from one: runs/RUN/cells/ID")
  private Path cell;

  @Option(
      names = "--weights",
      paramLabel = "PATH",
      description =
          "in its place: a folder that training wrote (cells/ID/state/generator), or a file")
  private Path weights;

  @Option(
      names = "--tokenizer-weights",
      paramLabel = "PATH",
      description = "and the weights of the tokenizer that decodes, as 'eval' takes them")
  private Path tokenizerWeights;

  @Option(
      names = "--generator",
      paramLabel = "NAME",
      description = "a generator of 'vernier list' (default: what the weights' folder says)")
  private String generator;

  @Option(
      names = "--class",
      paramLabel = "N",
      description = "number of a class, repeatable: these take turns (default: all of them)")
  private List<Integer> classes = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides every draw (default: the cell's, or 1)")
  private Long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "repeatable: top-k, guidance, samples, ..., or generator.NAME where the weights do not say"
              + " it; 'vernier list' shows all")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/sample-TIME")
  private Path out;

  @Option(names = "--resume", description = "go on with the samples in --out")
  private boolean resume;

  @Mixin private PluginOptions pluginOptions;
  @Mixin private ProgressOptions progressOptions;
  @ParentCommand private Vernier vernier;
  @Spec private CommandSpec spec;

  /** What to draw from, and how. */
  private record Source(
      Path generatorWeights, Path tokenizerWeights, Map<String, String> sampling, long seed) {}

  @Override
  public Integer call() throws IOException {
    Plugins plugins = pluginOptions.discover();
    Source source = source();
    SamplingOptions options = SamplingOptions.of(sampling(source));
    Path folder = out == null ? RunName.now("sample") : out;
    Backend.load();
    try (Progress progress = progressOptions.progress();
        Tokenizer tokenizer = tokenizer(source, plugins);
        Generator drawn = generator(source, plugins)) {
      refuseMismatch(drawn.spec(), tokenizer.spec());
      refuseClasses(drawn.spec());
      draw(source, options, folder, drawn, tokenizer, progress);
    } catch (Interruption.Interrupted e) {
      throw new UsageException(
          "interrupted; the same command with --out " + folder + " --resume goes on", e);
    }
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println("samples: " + folder);
    stdout.flush();
    return ExitCodes.DONE;
  }

  @SuppressWarnings("try") // the lock is held, never used
  private void draw(
      Source source,
      SamplingOptions options,
      Path folder,
      Generator drawn,
      Tokenizer tokenizer,
      Progress progress)
      throws IOException {
    try (RunFolder.Lock lock = new RunFolder(folder).lock()) {
      admit(folder, source, options);
      vernier.interruption().install();
      try (SampleSeries series =
          new SampleSeries(
              drawn.spec(), classes, options.samples(), folder.resolve("samples.tokens"))) {
        series.draw(
            drawn,
            options.of(drawn.spec().subCodebooks(), source.seed()),
            this::stopWhereAsked,
            progress);
        new SampleFiles(folder).write(series, tokenizer, this::stopWhereAsked, progress);
      }
    }
  }

  private void stopWhereAsked() {
    if (vernier.interruption().requested()) {
      throw new Interruption.Interrupted();
    }
  }

  /**
   * Takes a folder that is new, or holds samples of the very same kind that are to be gone on with.
   */
  private void admit(Path folder, Source source, SamplingOptions options) throws IOException {
    String asked =
        new ContentHash()
            .add(FolderHash.of(source.generatorWeights()))
            .add(FolderHash.of(source.tokenizerWeights()))
            .add(options.toString())
            .add(classes.toString())
            .add(String.valueOf(source.seed()))
            .hexadecimal();
    Path file = folder.resolve(ASKED);
    if (Files.exists(file)) {
      boolean same = Files.readString(file, StandardCharsets.US_ASCII).equals(asked);
      if (!resume || !same) {
        throw new UsageException(
            same
                ? folder + " holds samples already: add --resume to go on, or choose another --out"
                : folder
                    + " holds samples drawn from something else or otherwise: choose another --out");
      }
    }
    ResultFiles.writeWhole(file, asked.getBytes(StandardCharsets.US_ASCII));
  }

  private Source source() throws IOException {
    if ((cell == null) == (weights == null)) {
      throw new UsageException(
          "give either --cell, the cell of a run, or --weights and --tokenizer-weights");
    }
    if (cell != null) {
      return ofCell();
    }
    if (tokenizerWeights == null) {
      throw new UsageException("--weights needs --tokenizer-weights: who decodes what is drawn?");
    }
    requireThere(weights);
    requireThere(tokenizerWeights);
    return new Source(weights, tokenizerWeights, Map.of(), seed == null ? 1 : seed);
  }

  private static void requireThere(Path path) {
    if (!Files.exists(path)) {
      throw new UsageException("there are no weights " + path + ": check the path");
    }
  }

  private Source ofCell() throws IOException {
    Path own = cell.toAbsolutePath().normalize();
    if (!Files.exists(own.resolve("cell.json"))) {
      throw new UsageException(cell + " is no cell of a run: name a folder below its cells/");
    }
    RunFolder run = new RunFolder(own.getParent().getParent());
    CellPlan plan = run.plan(own.getFileName().toString());
    if (plan.generation() == null) {
      throw new UsageException(
          cell + " is the cell of a tokenizer, " + plan.method() + ": name one of a generator");
    }
    Path trained = plan.generation().trains() ? own : run.cell(plan.generation().generatorCell());
    Path generatorWeights = CellRunner.generator(trained);
    Path decoder = CellRunner.tokenizer(run.cell(plan.generation().tokenizerCell()));
    for (Path each : List.of(generatorWeights, decoder)) {
      if (!Files.isDirectory(each)) {
        throw new UsageException(
            each + " is not there: finish the run of " + cell + " with --resume first");
      }
    }
    return new Source(
        generatorWeights, decoder, plan.generation().sampling(), seed == null ? plan.seed() : seed);
  }

  private Map<String, String> sampling(Source source) {
    Map<String, String> given = new TreeMap<>(source.sampling());
    settings.forEach(
        (name, text) -> {
          if (!name.startsWith(SavedGenerators.PREFIX)) {
            given.put(name, text);
          }
        });
    return given;
  }

  private Tokenizer tokenizer(Source source, Plugins plugins) throws IOException {
    Path path = source.tokenizerWeights();
    CellRunner.SavedTokenizer saved;
    if (Files.isDirectory(path)) {
      saved = new WeightsFolder(path).describe(null);
    } else {
      WeightsFolder.refusePart(path);
      saved = new PublishedFile(path, plugins).describe(null);
    }
    TokenizerLoader loader = plugins.tokenizer(saved.tokenizer());
    return loader.load(Settings.of(loader.settings(), saved.settings()), path);
  }

  private Generator generator(Source source, Plugins plugins) throws IOException {
    CellRunner.SavedGenerator saved =
        SavedGenerators.describe(source.generatorWeights(), generator, settings);
    GeneratorProvider provider = plugins.generator(saved.generator());
    return provider.load(
        Settings.of(provider.settings(), saved.settings()), source.generatorWeights());
  }

  private static void refuseMismatch(GeneratorSpec drawn, TokenizerSpec decoder) {
    if (!drawn.subCodebooks().equals(decoder.subCodebooks())
        || drawn.gridHeight() != decoder.gridHeight()
        || drawn.gridWidth() != decoder.gridWidth()) {
      throw new UsageException(
          "the generator draws grids of "
              + drawn.gridHeight()
              + " x "
              + drawn.gridWidth()
              + " codes of "
              + drawn.subCodebooks()
              + ", the tokenizer decodes "
              + decoder.gridHeight()
              + " x "
              + decoder.gridWidth()
              + " of "
              + decoder.subCodebooks()
              + ": use the tokenizer that it was trained on");
    }
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
