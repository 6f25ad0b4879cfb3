package dev.vernier.harness.runs;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.progress.Progress;
import java.io.IOException;
import java.util.List;

/**
 * Runs cells one after the other in this JVM.
 *
 * @param runner runs each
 * @param interruption looked at before each cell, since measuring one never does
 */
public record LocalExecutor(CellRunner runner, Interruption interruption) implements CellExecutor {
  @Override
  public void execute(List<CellPlan> cells, Progress progress) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      interruption.stopIfRequested();
      String prefix = "[" + (i + 1) + "/" + cells.size() + "] ";
      runner.run(
          cells.get(i),
          (task, done, total, detail) -> progress.update(prefix + task, done, total, detail));
    }
  }
}
