package dev.vernier.harness.cli;

import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.CellRunner;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.runs.RunChoice;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.runs.WorkerLoop;
import dev.vernier.harness.workers.Refusal;
import dev.vernier.harness.workers.Worker;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What a worker process does: cells of a run that another process has begun. */
@Command(name = "worker", hidden = true)
final class WorkerCommand implements Callable<Integer> {
  @Parameters(index = "0")
  private Path run;

  @Option(names = "--plugins", required = true)
  private Path plugins;

  @Mixin private WatchOptions watch;

  @ParentCommand private Vernier vernier;

  @Override
  public Integer call() throws IOException {
    try {
      work();
    } catch (Interruption.Interrupted e) {
      return ExitCodes.DONE;
    } catch (Refusal e) {
      Worker.report(e);
      return ExitCodes.WRONG_USE;
    } catch (UsageException e) {
      // Whoever began the run could open it all: this machine differs.
      Worker.report(new Refusal(e.getMessage(), e));
      return ExitCodes.WRONG_USE;
    }
    return ExitCodes.DONE;
  }

  private void work() throws IOException {
    RunFolder folder = new RunFolder(run);
    Map<String, String> options = ResultFiles.readRecord(run).options();
    Plugins found = Plugins.discover(plugins);
    Interruption interruption = vernier.interruption();
    // Before data and nets are opened: who loses its parent in the meantime has to know it.
    stopWithParent(interruption);
    try (RunContext context =
        new RunContext(RunChoice.of(options, found).in(folder), found, Progress.NONE, data -> {})) {
      interruption.install();
      int seconds = Integer.parseInt(options.get(RunOptions.CHECKPOINT_SECONDS.name()));
      CellRunner runner =
          new CellRunner(
              folder,
              context,
              found,
              MeasureOptions.of(options),
              watch.training(interruption, seconds));
      new WorkerLoop(folder, runner, interruption).run(System.in);
    }
  }

  /** Without the process that began the run nobody holds its folder. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
  private static void stopWithParent(Interruption interruption) {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(interruption::request));
  }
}
