package dev.vernier.harness.runs;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.progress.Progress;
import java.io.IOException;
import java.util.List;

/** Runs cells one after the other in this JVM. */
public record LocalExecutor(CellRunner runner) implements CellExecutor {
  @Override
  public void execute(List<CellPlan> cells, Progress progress) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      String prefix = "[" + (i + 1) + "/" + cells.size() + "] ";
      runner.run(
          cells.get(i),
          (task, done, total, detail) -> progress.update(prefix + task, done, total, detail));
    }
  }
}
