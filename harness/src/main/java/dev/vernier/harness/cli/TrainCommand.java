package dev.vernier.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.cluster.ThisMachine;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.runs.ExperimentRun;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.Cell;
import dev.vernier.records.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code vernier train}: one tokenizer. */
@Command(
    name = "train",
    description = "Trains one tokenizer and measures it.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Option(
      names = "--tokenizer",
      required = true,
      paramLabel = "NAME",
      description = "a tokenizer of 'vernier list'")
  private String tokenizer;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of the run")
  private Path out;

  @Option(names = "--resume", description = "continue the training in --out")
  private boolean resume;

  @Mixin private CommonOptions common;
  @Mixin private TeacherOptions teachers;
  @Mixin private WatchOptions watch;
  @ParentCommand private Vernier vernier;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Plugins plugins = common.discover();
    plugins.tokenizer(tokenizer);
    Experiment experiment = Experiment.single("train", tokenizer, Map.of());
    RunPlan plan =
        new RunPlan(experiment, Experiment.SINGLE, teachers.with(common.given()), plugins);
    Run run =
        new TrainingRun(plugins, common.pluginFolder(), common.progress(), vernier)
            .run(plan, out, resume, name -> ThisMachine.IN_PROCESS, watch);
    PrintWriter stdout = spec.commandLine().getOut();
    if (common.json()) {
      stdout.println(new ObjectMapper().writeValueAsString(run.cells()));
    } else {
      Summary.print(run, stdout);
      for (Cell cell : run.cells()) {
        if (cell.status() == Cell.Status.FINISHED) {
          stdout.println("weights: " + SavedTokenizer.ofCell(new RunFolder(out).cell(cell.id())));
        }
      }
    }
    return ExperimentRun.failures(run).isEmpty() ? ExitCodes.DONE : ExitCodes.CELLS_FAILED;
  }
}
