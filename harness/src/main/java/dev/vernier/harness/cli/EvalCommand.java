package dev.vernier.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.ReferenceImages;
import dev.vernier.harness.evaluation.TokenizerEvaluator;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.GivenMethod;
import dev.vernier.harness.experiments.GivenSource;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.experiments.UsedOptions;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.harness.runs.CellRunner;
import dev.vernier.harness.runs.ExperimentRun;
import dev.vernier.harness.runs.RunChoice;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.weights.Asker;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.Run;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
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
      description = "a tokenizer of 'vernier list' (default: detected from the weights)")
  private String tokenizer;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "PATH",
      description = "a folder that training wrote (cells/ID/state/tokenizer), or a checkpoint file")
  private Path weights;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "what tables and charts call it (default: the tokenizer's name)")
  private String name;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> others = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/eval-TIME")
  private Path out;

  @Mixin private CommonOptions common;
  @ParentCommand private Vernier vernier;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!others.isEmpty()) {
      throw new UsageException(
          "eval measures one tokenizer, not '%s' besides: use 'vernier compare %s %s'"
              .formatted(others.get(0), weights, String.join(" ", others)));
    }
    Plugins plugins = common.discover();
    SavedTokenizer saved = SavedTokenizer.of(weights, tokenizer, Asker.EVAL, plugins);
    Map<String, String> given = common.given();
    Map<String, String> own = new HashMap<>();
    for (Setting<?> each : plugins.tokenizer(saved.tokenizer()).settings()) {
      if (given.containsKey(each.name())) {
        own.put(each.name(), given.remove(each.name()));
      }
    }
    UsedOptions.MEASURE.refuseUnused(given);
    GivenMethod known = GivenMethod.of(weights, saved.with(own), plugins);
    SavedTokenizer whole = new SavedTokenizer(known.tokenizer(), known.settings());
    DatasetProvider data = dataset(given, plugins);
    Backend.load();
    try (Tokenizer loaded = load(whole, given, plugins)) {
      RunPlan plan = plan(known, sized(data, loaded.spec()), given, plugins);
      print(measure(loaded, plan, whole.assumptions(weights, plugins), plugins));
    }
    return ExitCodes.DONE;
  }

  private Tokenizer load(SavedTokenizer saved, Map<String, String> given, Plugins plugins)
      throws IOException {
    String size = given.get(Scope.DATA.key(DatasetProvider.IMAGE_SIZE));
    return saved.load(weights, plugins, Optional.ofNullable(size).map(ImageSize::parse));
  }

  /** Who opens the dataset that options name. */
  static DatasetProvider dataset(Map<String, String> given, Plugins plugins) {
    String data = given.getOrDefault(RunOptions.DATA.name(), RunOptions.DATA.defaultValue());
    return plugins.dataset(data.split(":", 2)[0]);
  }

  /** Whether a dataset can be had at any size. */
  static boolean resizable(DatasetProvider data) {
    return data.settings().stream()
        .anyMatch(each -> each.name().equals(DatasetProvider.IMAGE_SIZE));
  }

  /** The size that the tokenizer was made for, where the dataset can be had at it. */
  private static Map<String, String> sized(DatasetProvider data, TokenizerSpec spec) {
    return resizable(data)
        ? Map.of(Scope.DATA.key(DatasetProvider.IMAGE_SIZE), spec.imageSize().text())
        : Map.of();
  }

  private RunPlan plan(
      GivenMethod known, Map<String, String> options, Map<String, String> given, Plugins plugins) {
    String called = name == null ? known.tokenizer() : name;
    Experiment experiment =
        Experiment.given(
            "eval",
            "eval " + called,
            Map.of(called, GivenSource.ofWeights(weights.toString())),
            options);
    return new RunPlan(
        experiment, Experiment.SINGLE, given, plugins, Map.of(experiment.methods().get(0), known));
  }

  @SuppressWarnings("try") // the lock is held, never used
  private Run measure(Tokenizer loaded, RunPlan plan, List<String> assumptions, Plugins plugins)
      throws IOException {
    RunFolder folder = new RunFolder(out == null ? RunName.now("eval") : out);
    folder.refuseOthers();
    RunChoice chosen = RunChoice.of(plan.values(), plugins);
    // The nets that the run scored with, wherever they were trained.
    RunChoice choice = RunFolder.around(weights).map(chosen::in).orElse(chosen);
    MeasureOptions options = MeasureOptions.of(plan.values());
    Consumer<ImageDataset> admission =
        dataset -> {
          new ReferenceImages(dataset, options.images()).requireSizeOf(loaded.spec());
          PublishedProtocol.requireSquares(choice.protocols(), dataset.spec().imageSize());
        };
    // The folder last: an evaluation that is refused for its data leaves none behind.
    try (Progress progress = common.progress();
        RunContext context = new RunContext(choice, plugins, progress, admission);
        RunFolder.Lock lock = folder.lock()) {
      context.keepNets(folder);
      SkippedFiles.of(context.dataset()).ifPresent(line -> progress.update(line, 0, 0, ""));
      TokenizerEvaluator evaluator = context.evaluator(options);
      Run run =
          ExperimentRun.evaluation(plan, folder, context)
              .run(
                  vernier.command(),
                  (cells, report) -> measure(cells, loaded, evaluator, assumptions, folder, report),
                  progress);
      Reports.finish(plugins, run);
      return run;
    }
  }

  private static void measure(
      List<CellPlan> cells,
      Tokenizer loaded,
      TokenizerEvaluator evaluator,
      List<String> assumptions,
      RunFolder folder,
      Progress progress)
      throws IOException {
    for (CellPlan cell : cells) {
      Measurement measurement = evaluator.measure(loaded, folder.cell(cell.id()), progress);
      CellRunner.write(folder, cell, Optional.of(loaded.spec()), measurement.noting(assumptions));
    }
  }

  private void print(Run run) throws IOException {
    PrintWriter stdout = spec.commandLine().getOut();
    if (common.json()) {
      stdout.println(new ObjectMapper().writeValueAsString(run.cells().get(0)));
    } else {
      Summary.print(run.cells().get(0).metrics(), stdout);
      run.cells().get(0).notes().forEach(note -> stdout.println("note: " + note));
      stdout.println("result: " + run.folder());
      stdout.println(Reports.line(run.folder()));
    }
    stdout.flush();
  }
}
