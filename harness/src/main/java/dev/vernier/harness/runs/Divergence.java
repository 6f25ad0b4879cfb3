package dev.vernier.harness.runs;

import dev.vernier.spi.UsageException;
import java.util.Locale;

/**
 * Tells a training that has run away: its loss stays far above the one it began with, and will end
 * in weights whose numbers mean nothing, though each of them is finite.
 */
final class Divergence {
  /** Times the first loss. Of 540 trainings that learned none stayed above 5 times its first. */
  private static final double FAR = 10;

  /** A first loss nearer to 0 is no measure of what is far: terms of either sign have met there. */
  private static final double SMALL = 0.01;

  private static final int STEPS = 10;

  private Seen seen;

  /**
   * Of a training that begins, or goes on.
   *
   * @param seen of the losses so far
   */
  Divergence(Seen seen) {
    this.seen = seen;
  }

  /**
   * What it takes to go on: a training that is resumed diverges where it would have diverged.
   *
   * @param firstStep number of the first step whose loss was seen, from 1
   * @param first its loss; 0 before it
   * @param stepsAbove steps in a row, up to the last, whose loss was far above it
   */
  record Seen(long firstStep, double first, int stepsAbove) {
    /** Of a training that begins with a step. */
    static Seen from(long step) {
      return new Seen(step, 0, 0);
    }
  }

  /** What was seen up to the last step. */
  Seen seen() {
    return seen;
  }

  /**
   * Looks at the loss of a step.
   *
   * @throws UsageException if it and those before it are far above the first
   */
  void see(long step, double loss) {
    double first = step == seen.firstStep() ? loss : seen.first();
    double far = first + (FAR - 1) * Math.max(Math.abs(first), SMALL);
    int above = loss > far ? seen.stepsAbove() + 1 : 0;
    if (above == STEPS || Double.isNaN(loss)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the training diverges: the loss was %.4g in step %d and is %.4g in step %d; lower"
                  + " the learning rate",
              first,
              seen.firstStep(),
              loss,
              step));
    }
    seen = new Seen(seen.firstStep(), first, above);
  }
}
