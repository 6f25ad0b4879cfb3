package dev.vernier.engine.train;

/** The learning rate of each step. */
@FunctionalInterface
public interface LearningRate {
  /** The rate of a step, counted from 0. */
  double at(long step);

  /** The same from a later step on. */
  default LearningRate after(long steps) {
    return step -> at(step + steps);
  }

  /** Always the same. */
  static LearningRate constant(double rate) {
    return step -> rate;
  }

  /**
   * Rises linearly over the first steps, then falls along half a cosine.
   *
   * @param peak the highest rate
   * @param last the rate at the end
   * @param warmUp steps until the peak
   * @param steps steps in all
   */
  static LearningRate cosine(double peak, double last, long warmUp, long steps) {
    return step -> {
      if (step < warmUp) {
        return peak * (step + 1) / warmUp;
      }
      double done = Math.min(1, (double) (step - warmUp) / Math.max(1, steps - warmUp));
      return last + (peak - last) * 0.5 * (1 + Math.cos(Math.PI * done));
    };
  }
}
