package dev.vernier.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.ReferenceImages;
import dev.vernier.harness.evaluation.TokenizerEvaluator;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.CellRunner;
import dev.vernier.harness.runs.ExperimentRun;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.Run;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerLoader;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vernier eval}: measures a trained tokenizer. */
@Command(
    name = "eval",
    description = "Measures one trained tokenizer.",
    mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description = "a tokenizer of 'vernier list' (default: what the weights' folder says)")
  private String tokenizer;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "PATH",
      description = "a folder that training wrote (cells/ID/state/tokenizer), or a checkpoint file")
  private Path weights;

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/eval-TIME")
  private Path out;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Plugins plugins = common.discover();
    CellRunner.SavedTokenizer described = describe(plugins);
    String name = tokenizer == null ? described.tokenizer() : tokenizer;
    TokenizerLoader provider = plugins.tokenizer(name);
    Map<String, String> options = new HashMap<>(described.settings());
    options.put("steps", "0");
    RunPlan asked = plan(name, options, plugins);
    Map<String, String> settings = asked.cells(Map.of()).get(0).settings();
    Backend.load();
    try (Tokenizer loaded = provider.load(Settings.of(provider.settings(), settings), weights)) {
      if (loaded.spec().imageSize().isSquare() && hasImageSize(asked, plugins)) {
        options.put(Scope.DATA.key(DatasetProvider.IMAGE_SIZE), loaded.spec().imageSize().text());
      }
      print(measure(loaded, plan(name, options, plugins), plugins));
    }
    return ExitCodes.DONE;
  }

  private CellRunner.SavedTokenizer describe(Plugins plugins) throws IOException {
    if (weights.toString().isBlank()) {
      throw new UsageException(
          "--weights is empty: name a folder that training wrote, or a checkpoint file");
    }
    if (!Files.exists(weights)) {
      throw new UsageException("there are no weights " + weights + ": check --weights");
    }
    if (Files.isDirectory(weights)) {
      return new WeightsFolder(weights).describe(tokenizer);
    }
    WeightsFolder.refusePart(weights);
    return new PublishedFile(weights, plugins).describe(tokenizer);
  }

  private RunPlan plan(String name, Map<String, String> options, Plugins plugins) {
    Experiment experiment = Experiment.single("eval", name, options);
    return new RunPlan(experiment, Experiment.SINGLE, common.given(), plugins);
  }

  /** Whether the dataset can be had at the size that the tokenizer was made for. */
  private static boolean hasImageSize(RunPlan plan, Plugins plugins) {
    String kind = plan.values().get(RunOptions.DATA.name()).split(":", 2)[0];
    return plugins.dataset(kind).settings().stream()
        .anyMatch(each -> each.name().equals(DatasetProvider.IMAGE_SIZE));
  }

  @SuppressWarnings("try") // the lock is held, never used
  private Run measure(Tokenizer loaded, RunPlan plan, Plugins plugins) throws IOException {
    RunFolder folder = new RunFolder(out == null ? RunName.now("eval") : out);
    RunContext.Choice choice = RunContext.Choice.of(plan.values(), plugins);
    MeasureOptions options = MeasureOptions.of(plan.values());
    Consumer<ImageDataset> admission =
        dataset -> new ReferenceImages(dataset, options.images()).requireSizeOf(loaded.spec());
    // The folder last: an evaluation that is refused for its data leaves none behind.
    try (Progress progress = common.progress();
        RunContext context = new RunContext(choice, plugins, progress, admission);
        RunFolder.Lock lock = folder.lock()) {
      TokenizerEvaluator evaluator = context.evaluator(options);
      return ExperimentRun.evaluation(plan, folder, context, hash())
          .run((cells, report) -> measure(cells, loaded, evaluator, folder, report), progress);
    }
  }

  private static void measure(
      List<CellPlan> cells,
      Tokenizer loaded,
      TokenizerEvaluator evaluator,
      RunFolder folder,
      Progress progress)
      throws IOException {
    for (CellPlan cell : cells) {
      Measurement measurement = evaluator.measure(loaded, folder.cell(cell.id()), progress);
      CellRunner.write(folder, cell, loaded.spec(), measurement);
    }
  }

  /** The hash of the weights: of the file, or of the files in the folder. */
  private String hash() throws IOException {
    if (Files.isRegularFile(weights)) {
      return Sha256.ofFile(weights);
    }
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(weights)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(Sha256.ofFile(file));
      }
    }
    return all.toString();
  }

  private void print(Run run) throws IOException {
    PrintWriter stdout = spec.commandLine().getOut();
    if (common.json()) {
      stdout.println(new ObjectMapper().writeValueAsString(run.cells().get(0)));
    } else {
      Summary.print(run.cells().get(0).metrics(), stdout);
      run.cells().get(0).notes().forEach(note -> stdout.println("note: " + note));
      stdout.println("result: " + run.folder());
    }
    stdout.flush();
  }
}
