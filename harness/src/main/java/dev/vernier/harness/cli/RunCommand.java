package dev.vernier.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.runs.ExperimentRun;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.reports.findings.Findings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code vernier run}: an experiment, then its report. */
@Command(
    name = "run",
    description = "Runs an experiment, then writes its report.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Further settings for --set: generator.NAME of the generators (generator.width, ...), and"
          + " generator-steps, generator-batch-size and generator-ten-crop of their training;"
          + " sampling.NAME of how images are drawn from them (sampling.top-k, sampling.guidance,"
          + " sampling.samples, ...). 'vernier list NAME' shows those of a plugin, of"
          + " 'run' and of 'sampling', with their bounds."
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EXPERIMENT",
      completionCandidates = BuiltIn.class,
      description = "a built-in experiment (${COMPLETION-CANDIDATES}), or a YAML file")
  private String experiment;

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      description =
          "quick, standard, paper, or one of the experiment's own (default: quick; with --resume, the"
              + " run's own)")
  private String scale;

  @Option(names = "--out", paramLabel = "DIR", description = "default: runs/EXPERIMENT-TIME")
  private Path out;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "number of seeds per cell; they count from first-seed, which is 1 unless set")
  private Integer seeds;

  @Option(
      names = "--resume",
      description = "continue the run in --out, or the newest run of this experiment")
  private boolean resume;

  @Mixin private CommonOptions common;
  @Mixin private TeacherOptions teachers;
  @Mixin private WatchOptions watch;
  @Mixin private ExecutionOptions execution;
  @ParentCommand private Vernier vernier;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Plugins plugins = common.discover();
    Experiment loaded = Experiment.load(experiment);
    Map<String, String> given = teachers.with(common.given());
    if (seeds != null) {
      GivenSettings.put(given, "seeds", String.valueOf(seeds));
    }
    Path folder = out == null ? folder(loaded.name()) : out;
    String chosen = scale == null ? "quick" : scale;
    if (resume && new RunFolder(folder).begun()) {
      RunRecord before = ResultFiles.readRecord(folder);
      if (before.scale() == null) {
        throw new UsageException(
            folder
                + " holds a comparison of finished runs, which no experiment goes on with: choose"
                + " another --out");
      }
      chosen = scale == null ? before.scale() : scale;
      given = over(before, given);
    }
    RunPlan plan = new RunPlan(loaded, chosen, given, plugins);
    Run run =
        new TrainingRun(plugins, common.pluginFolder(), common.progress(), vernier)
            .run(plan, folder, resume, execution::connect, watch);
    PrintWriter stdout = spec.commandLine().getOut();
    if (common.json()) {
      stdout.println(new ObjectMapper().writeValueAsString(run.cells()));
    } else {
      Summary.print(run, stdout);
      Findings.of(List.of(run)).forEach(finding -> stdout.println(finding.line()));
      stdout.println(Reports.line(folder));
    }
    return ExperimentRun.failures(run).isEmpty() ? ExitCodes.DONE : ExitCodes.CELLS_FAILED;
  }

  /** What the command line gave when the run was begun, and now. */
  private static Map<String, String> over(RunRecord before, Map<String, String> given) {
    Map<String, String> both = new LinkedHashMap<>();
    before.origins().entrySet().stream()
        .filter(each -> each.getValue().equals(RunPlan.COMMAND_LINE))
        .forEach(each -> both.put(each.getKey(), before.options().get(each.getKey())));
    both.putAll(given);
    return both;
  }

  private Path folder(String name) throws IOException {
    return resume ? newest(name) : RunName.now(name);
  }

  private static Path newest(String name) throws IOException {
    Pattern named = Pattern.compile(Pattern.quote(name) + "-\\d{8}-\\d{6}");
    if (Files.isDirectory(RunName.RUNS)) {
      try (Stream<Path> folders = Files.list(RunName.RUNS)) {
        return folders
            .filter(each -> named.matcher(each.getFileName().toString()).matches())
            .filter(each -> new RunFolder(each).begun())
            .max(Path::compareTo)
            .orElseThrow(() -> nothingToResume(name));
      }
    }
    throw nothingToResume(name);
  }

  private static UsageException nothingToResume(String name) {
    return new UsageException(
        "there is no run of " + name + " below " + RunName.RUNS + ": name its folder with --out");
  }

  /** The experiments that need no file. */
  static final class BuiltIn implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Experiment.BUILT_IN.iterator();
    }
  }
}
