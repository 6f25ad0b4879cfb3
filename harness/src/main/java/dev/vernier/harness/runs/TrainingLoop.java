package dev.vernier.harness.runs;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The steps of one training, from its last checkpoint where there is one. */
final class TrainingLoop {
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9.]+");
  private final TrainingOptions options;
  private final Progress progress;

  TrainingLoop(TrainingOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Trains to the last step, or to the one after which nothing would change.
   *
   * @param name what progress and curves call it
   * @param folder takes {@code log.jsonl}, and checkpoints in {@code state}
   * @return where it ended, with the seconds before an interruption
   * @throws Interruption.Interrupted when asked to stop; the state has been saved
   * @throws dev.vernier.spi.UsageException if the training diverges
   */
  TrainingState.Position run(Steps training, long steps, String name, Path folder)
      throws IOException {
    Interruption interruption = options.interruption();
    TrainingState state = state(folder);
    TrainingState.Position start = state.restore(training.model());
    interruption.checkpoint(start.step() > 0);
    long began = System.nanoTime();
    long saved = began;
    long step = start.step();
    Divergence divergence = new Divergence(start.losses());
    try (LossLog log = LossLog.of(folder, start.step(), curves(name, folder))) {
      while (step < steps && !training.model().finished()) {
        Map<String, Double> losses = named(training.step(step), name);
        log.write(++step, losses);
        double loss = losses.values().iterator().next();
        divergence.see(step, loss);
        long last =
            training.model().finished() ? step : Math.min(steps, training.model().lastStep());
        progress.update("train " + name, step, last, String.format(Locale.ROOT, "loss %.4f", loss));
        boolean stop = interruption.requested();
        if (stop || System.nanoTime() - saved > options.checkpointSeconds() * 1_000_000_000L) {
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

  private static Map<String, Double> named(Map<String, Double> losses, String training) {
    if (losses == null || losses.isEmpty()) {
      throw new UsageException(
          "a step of %s returned no loss: have the plugin return at least one".formatted(training));
    }
    return losses;
  }

  private Optional<Path> curves(String name, Path folder) {
    String plain = NOT_PLAIN.matcher(name).replaceAll("-") + "-" + folder.getFileName();
    return options.tensorBoard().map(all -> all.resolve(plain));
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
