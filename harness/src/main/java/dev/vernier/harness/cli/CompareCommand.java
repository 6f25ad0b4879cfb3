package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.GivenMethod;
import dev.vernier.harness.experiments.MethodName;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.experiments.UsedOptions;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.runs.ComparisonRun;
import dev.vernier.harness.runs.ExperimentRun;
import dev.vernier.harness.runs.GivenCells;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code vernier compare}: given tokenizers and finished runs in one report. */
@Command(
    name = "compare",
    description = {
      "Measures the given tokenizers and images on the same data, and compares them with each other"
          + " and with finished runs: ranks, paired differences with 95%% intervals, and p values.",
      "Finished runs are not measured again; everything else is measured as the first of them was."
          + " Numbers of different protocols are not ranked; the parts that differ are listed."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each argument is [NAME=]PATH[,KEY=VALUE...], PATH one of:",
      "  RUN                     the folder of a finished run",
      "  WEIGHTS                 a folder that training wrote, or a checkpoint; keys are settings",
      "  onnx:ENCODER,DECODER    two ONNX files; keys: codebooks=512+512, range, decoded-range",
      "  IMAGES                  reconstructions, a folder or .npz; keys: codes, codebooks,"
          + " downsampling",
      "'vernier list --yaml' explains the keys."
    })
final class CompareCommand implements Callable<Integer> {
  private static final String NAME = "compare";
  private static final String TITLE = "Given tokenizers on the same images";
  private static final String SIZE = Scope.DATA.key(DatasetProvider.IMAGE_SIZE);

  @Parameters(arity = "1..*", paramLabel = "WHAT", description = "see below")
  private List<String> texts;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "default: runs/compare-TIME; repeating the command continues an interrupted one")
  private Path out;

  @Mixin private CommonOptions common;
  @ParentCommand private Vernier vernier;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<CompareArgument> arguments = texts.stream().map(CompareArgument::of).toList();
    GivenOnce.require(arguments.stream().flatMap(each -> each.run().stream()).toList());
    List<Run> earlier = new ArrayList<>();
    List<Experiment.Method> methods = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (CompareArgument each : arguments) {
      if (each.run().isPresent()) {
        earlier.add(run(each));
      } else if (names.add(each.called())) {
        methods.add(Experiment.Method.given(each.called(), each.source(), each.settings()));
      } else {
        throw new UsageException(
            "two are called '%s': give each a name of its own, as in Mine=%s"
                .formatted(each.called(), each.unnamed(texts.get(arguments.indexOf(each)))));
      }
    }
    if (methods.size() + earlier.stream().mapToInt(run -> run.cells().size()).sum() < 2) {
      throw new UsageException(
          "there is nothing to compare '" + texts.get(0) + "' with: name more");
    }
    refuseUnused(methods);
    RunFolder folder = new RunFolder(out == null ? RunName.now(NAME) : out);
    if (methods.isEmpty()) {
      folder.requireFree();
    } else {
      folder.requireUnfinished(NAME);
    }
    Plugins plugins = common.discover();
    List<Run> all =
        methods.isEmpty()
            ? recorded(earlier, folder, plugins)
            : measured(methods, earlier, arguments.get(0).run().isPresent(), folder, plugins);
    print(all, folder);
    return all.stream().allMatch(run -> ExperimentRun.failures(run).isEmpty())
        ? ExitCodes.DONE
        : ExitCodes.CELLS_FAILED;
  }

  private void refuseUnused(List<Experiment.Method> methods) {
    Map<String, String> given = common.given();
    UsedOptions.MEASURE.refuseUnused(given);
    if (methods.isEmpty() && !given.isEmpty()) {
      throw new UsageException(
          "finished runs are not measured again, so nothing uses the setting "
              + given.keySet().iterator().next()
              + ": leave it out");
    }
  }

  /** A run, its method under the user's name. */
  private static Run run(CompareArgument argument) throws IOException {
    Run run = ResultFiles.read(argument.run().orElseThrow());
    if (argument.name().isEmpty()) {
      return run;
    }
    List<String> methods = run.cells().stream().map(Cell::method).distinct().toList();
    if (methods.size() > 1) {
      throw new UsageException(
          "%s has %d methods, which have names of their own: leave '%s=' out"
              .formatted(run.folder(), methods.size(), argument.called()));
    }
    MethodName.require(argument.called());
    return new Run(
        run.folder(),
        run.record(),
        run.cells().stream().map(cell -> cell.called(argument.called())).toList());
  }

  /** Leaves a run that has measured nothing itself. */
  @SuppressWarnings("try") // the lock is held, never used
  private List<Run> recorded(List<Run> earlier, RunFolder folder, Plugins plugins)
      throws IOException {
    try (RunFolder.Lock lock = folder.lock()) {
      Run run = ComparisonRun.write(folder, NAME, TITLE, earlier, vernier.command());
      Reports.finish(plugins, run, earlier);
    }
    return earlier;
  }

  private void print(List<Run> runs, RunFolder folder) throws IOException {
    Comparison comparison = Comparison.of(runs);
    PrintWriter stdout = spec.commandLine().getOut();
    if (common.json()) {
      stdout.println(ComparisonJson.of(comparison));
    } else {
      ComparisonText.print(comparison, stdout);
      Summary.notes(runs.stream().flatMap(run -> run.cells().stream()).toList(), stdout);
    }
    stdout.flush();
    // Beside JSON, whose reader would stumble over them.
    PrintWriter lines = common.json() ? spec.commandLine().getErr() : stdout;
    runs.forEach(run -> Summary.failures(run, lines));
    lines.println(Reports.line(folder.path()));
    lines.flush();
  }

  /** Measures the methods, and has all runs in the order in which the user named the first. */
  private List<Run> measured(
      List<Experiment.Method> methods,
      List<Run> earlier,
      boolean earlierFirst,
      RunFolder folder,
      Plugins plugins)
      throws IOException {
    Backend.load();
    Map<String, String> given = common.given();
    Map<String, String> own = earlier.isEmpty() ? new LinkedHashMap<>() : as(earlier.get(0));
    own.keySet().removeAll(given.keySet());
    if (given.containsKey(RunOptions.DATA.name())) {
      own.keySet().removeIf(key -> key.startsWith(Scope.DATA.prefix()));
    }
    Map<Experiment.Method, GivenMethod> known = new LinkedHashMap<>();
    for (Experiment.Method each : methods) {
      known.put(each, GivenMethod.of(each, plugins));
    }
    RunPlan plan = plan(methods, own, given, plugins, known);
    if (!plan.values().containsKey(SIZE)
        && EvalCommand.resizable(EvalCommand.dataset(plan.values(), plugins))) {
      Optional<String> size = size(plan, plugins);
      if (size.isPresent()) {
        own.put(SIZE, size.get());
        plan = plan(methods, own, given, plugins, known);
      }
    }
    RunFolder nets = nets(methods, earlier).orElse(folder);
    List<Run> all = new ArrayList<>();
    new TrainingRun(plugins, common.pluginFolder(), common.progress(), vernier)
        .measure(
            plan,
            folder.path(),
            nets,
            measured -> {
              all.addAll(earlierFirst ? earlier : measured);
              all.addAll(earlierFirst ? measured : earlier);
              return all;
            });
    return all;
  }

  private static RunPlan plan(
      List<Experiment.Method> methods,
      Map<String, String> own,
      Map<String, String> given,
      Plugins plugins,
      Map<Experiment.Method, GivenMethod> known) {
    Experiment experiment = Experiment.given(NAME, TITLE, methods, own);
    return new RunPlan(experiment, Experiment.SINGLE, given, plugins, known);
  }

  /** How a run measured, and what. */
  private static Map<String, String> as(Run run) {
    Map<String, String> options = new LinkedHashMap<>(run.record().options());
    options.keySet().removeIf(key -> !UsedOptions.MEASURE.uses(key));
    // A map of codes is no measurement: who wants those of others asks for them.
    options.remove(RunOptions.CODE_MAP.name());
    return options;
  }

  /** The size of images that all were made for; empty where they do not agree, or take any. */
  private static Optional<String> size(RunPlan plan, Plugins plugins) throws IOException {
    Set<ImageSize> sizes = new LinkedHashSet<>();
    GivenCells given = new GivenCells(plugins);
    for (CellPlan cell : plan.cells(Map.of())) {
      try {
        given.imageSize(cell).ifPresent(sizes::add);
      } catch (UsageException e) {
        throw cell.named(e);
      }
    }
    return sizes.size() == 1 ? sizes.stream().map(ImageSize::text).findFirst() : Optional.empty();
  }

  /** The run whose nets score, wherever they were trained. */
  private static Optional<RunFolder> nets(List<Experiment.Method> methods, List<Run> earlier) {
    return Stream.concat(
            earlier.stream().map(run -> new RunFolder(run.folder())),
            methods.stream()
                .filter(each -> each.source().weights() != null)
                .flatMap(each -> RunFolder.around(Path.of(each.source().weights())).stream()))
        .findFirst();
  }
}
