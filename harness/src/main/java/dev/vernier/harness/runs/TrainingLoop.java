package dev.vernier.harness.runs;

import dev.vernier.harness.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

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
   * Trains to the last step, or to the one after which nothing would change.
   *
   * @param task what progress calls it
   * @param folder takes {@code log.jsonl}, and checkpoints in {@code state}
   * @return where it ended, with the seconds before an interruption
   * @throws Interruption.Interrupted when asked to stop; the state has been saved
   * @throws dev.vernier.spi.UsageException if the training diverges
   */
  TrainingState.Position run(Steps training, long steps, String task, Path folder)
      throws IOException {
    TrainingState state = state(folder);
    TrainingState.Position start = state.restore(training.model());
    interruption.checkpoint(start.step() > 0);
    long began = System.nanoTime();
    long saved = began;
    long step = start.step();
    Divergence divergence = new Divergence(start.losses());
    try (LossLog log = new LossLog(folder.resolve("log.jsonl"), start.step())) {
      while (step < steps && !training.model().finished()) {
        Map<String, Double> losses = training.step(step);
        log.write(++step, losses);
        double loss = losses.values().iterator().next();
        divergence.see(step, loss);
        long last = training.model().finished() ? step : steps;
        progress.update(task, step, last, String.format(Locale.ROOT, "loss %.4f", loss));
        boolean stop = interruption.requested();
        if (stop || System.nanoTime() - saved > checkpointSeconds * 1_000_000_000L) {
          log.flush();
          state.save(training.model(), position(step, start, began, divergence));
          interruption.checkpoint(true);
          saved = System.nanoTime();
        }
        if (stop) {
          throw new Interruption.Interrupted();
        }
      }
    }
    return position(step, start, began, divergence);
  }

  private static TrainingState.Position position(
      long step, TrainingState.Position start, long began, Divergence divergence) {
    double seconds = start.seconds() + (System.nanoTime() - began) / 1e9;
    return new TrainingState.Position(step, seconds, divergence.seen());
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
