package dev.vernier.harness.runs;

import dev.vernier.harness.workers.Refusal;
import dev.vernier.harness.workers.Worker;
import dev.vernier.records.FullDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * What a worker process does with the cells it is given.
 *
 * @param folder the run's
 * @param runner runs each
 * @param interruption ends the loop after the cell under way
 */
public record WorkerLoop(RunFolder folder, CellRunner runner, Interruption interruption) {
  /**
   * Runs cells until there are no more ids to read.
   *
   * @throws Refusal if this machine is not as the session was begun
   */
  public void run(InputStream ids) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(ids, StandardCharsets.UTF_8))) {
      for (String id = lines.readLine();
          id != null && !interruption.requested();
          id = lines.readLine()) {
        try {
          runner.run(folder.plan(id), Worker.progress());
        } catch (FullDisk e) {
          Worker.report(e);
          return;
        }
        Worker.reportDone(id);
      }
    }
  }
}
