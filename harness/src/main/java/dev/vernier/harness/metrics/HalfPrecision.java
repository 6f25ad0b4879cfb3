package dev.vernier.harness.metrics;

/** Numbers of IEEE 754's binary16, kept as doubles. */
final class HalfPrecision {
  private static final int FRACTION_BITS = 10;
  private static final int SMALLEST_EXPONENT = -14;
  private static final double LARGEST = 65_504;

  private HalfPrecision() {}

  /** The nearest number of half precision, ties to even; infinite beyond the largest. */
  static double round(double value) {
    int exponent = Math.max(Math.getExponent(value), SMALLEST_EXPONENT);
    double unit = Math.scalb(1.0, exponent - FRACTION_BITS);
    double rounded = Math.rint(value / unit) * unit;
    return Math.abs(rounded) > LARGEST ? Math.copySign(Double.POSITIVE_INFINITY, rounded) : rounded;
  }
}
