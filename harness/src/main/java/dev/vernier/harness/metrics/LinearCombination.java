package dev.vernier.harness.metrics;

/** The inner loop of every matrix product here: a row plus multiples of four others. */
final class LinearCombination {
  private LinearCombination() {}

  /**
   * Adds {@code a0 * r0 + a1 * r1 + a2 * r2 + a3 * r3} to the elements {@code from} to {@code to -
   * 1}, in that order for each element. All arrays share one index and each step is fused, which is
   * what the compiler turns into vector instructions; the result does not depend on whether it
   * does, nor on how the range is cut into calls.
   */
  static void add(
      double[] into,
      int from,
      int to,
      double a0,
      double[] r0,
      double a1,
      double[] r1,
      double a2,
      double[] r2,
      double a3,
      double[] r3) {
    for (int j = from; j < to; j++) {
      into[j] =
          Math.fma(
              a3, r3[j], Math.fma(a2, r2[j], Math.fma(a1, r1[j], Math.fma(a0, r0[j], into[j]))));
    }
  }

  /** Adds {@code a * r}. */
  static void add(double[] into, int from, int to, double a, double[] r) {
    for (int j = from; j < to; j++) {
      into[j] = Math.fma(a, r[j], into[j]);
    }
  }
}
