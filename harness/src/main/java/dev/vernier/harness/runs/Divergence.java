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

  private static final int STEPS = 10;

  private final long firstStep;
  private double first = Double.NaN;
  private int stepsAbove;

  /**
   * Of a training that begins, or goes on.
   *
   * @param firstStep number of the first step that is taken now, from 1
   */
  Divergence(long firstStep) {
    this.firstStep = firstStep;
  }

  /**
   * Looks at the loss of a step.
   *
   * @throws UsageException if it and those before it are far above the first
   */
  void see(long step, double loss) {
    if (step == firstStep) {
      first = loss;
    }
    stepsAbove = first > 0 && loss > FAR * first ? stepsAbove + 1 : 0;
    if (stepsAbove == STEPS || Double.isNaN(loss)) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "the training diverges: the loss was %.4g in step %d and is %.4g in step %d; lower"
                  + " the learning rate",
              first,
              firstStep,
              loss,
              step));
    }
  }
}
