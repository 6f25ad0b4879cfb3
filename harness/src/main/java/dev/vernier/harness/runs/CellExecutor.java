package dev.vernier.harness.runs;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.progress.Progress;
import java.io.IOException;
import java.util.List;

/** Runs cells somewhere; each writes its own result into the run folder. */
@FunctionalInterface
public interface CellExecutor {
  /**
   * Runs all cells; one that fails does not stop the others.
   *
   * @throws IOException if a result cannot be written, no worker started, or no machine is as the
   *     session was begun: nothing goes on then
   * @throws Interruption.Interrupted when asked to stop
   */
  void execute(List<CellPlan> cells, Progress progress) throws IOException;

  /** What the cells run on: device and number of threads; by default what this process has. */
  default String device() {
    return Backend.description();
  }
}
