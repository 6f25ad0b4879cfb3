package dev.vernier.harness.runs;

import dev.vernier.harness.data.ImageBatches;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The steps of one training, from its last checkpoint where there is one. */
final class TrainingLoop {
  private final Interruption interruption;
  private final int checkpointSeconds;
  private final Progress progress;

  TrainingLoop(Interruption interruption, int checkpointSeconds, Progress progress) {
    this.interruption = interruption;
    this.checkpointSeconds = checkpointSeconds;
    this.progress = progress;
  }

  /**
   * Trains to the end.
   *
   * @param task what progress calls it
   * @param folder takes {@code log.jsonl}, and checkpoints in {@code state}
   * @return seconds of training, those before an interruption included
   * @throws Interruption.Interrupted when asked to stop; the state has been saved
   */
  double run(Training training, ImageBatches batches, long steps, String task, Path folder)
      throws IOException {
    TrainingState state = state(folder);
    TrainingState.Position start = state.restore(training);
    interruption.checkpoint(start.step() > 0);
    long began = System.nanoTime();
    long saved = began;
    try (LossLog log = new LossLog(folder.resolve("log.jsonl"), start.step())) {
      for (long step = start.step(); step < steps; step++) {
        Map<String, Double> losses = step(training, batches, step);
        log.write(step + 1, losses);
        double loss = losses.values().iterator().next();
        progress.update(task, step + 1, steps, String.format(Locale.ROOT, "loss %.4f", loss));
        boolean stop = interruption.requested();
        if (stop || System.nanoTime() - saved > checkpointSeconds * 1_000_000_000L) {
          log.flush();
          double seconds = start.seconds() + (System.nanoTime() - began) / 1e9;
          state.save(training, new TrainingState.Position(step + 1, seconds));
          interruption.checkpoint(true);
          saved = System.nanoTime();
        }
        if (stop) {
          throw new Interruption.Interrupted();
        }
      }
    }
    return start.seconds() + (System.nanoTime() - began) / 1e9;
  }

  private static Map<String, Double> step(Training training, ImageBatches batches, long step) {
    try (INDArray images = batches.at(step)) {
      return training.step(images);
    }
  }

  /** Where a training, given by its folder, keeps its checkpoints. */
  static TrainingState state(Path folder) {
    return new TrainingState(statePath(folder));
  }

  /** Where a training, given by its folder, keeps what comes of it. */
  static Path statePath(Path folder) {
    return folder.resolve("state");
  }
}
