package dev.vernier.harness.protocols;

/**
 * PyTorch's {@code interpolate} with {@code mode="bicubic"}: cubic convolution (Keys 1981) with a =
 * -0.75, half-pixel centres, the outermost pixels repeated beyond the edge, and no antialiasing.
 * What it gives may lie beyond the range of the image.
 */
public final class BicubicInterpolation {
  private static final double A = -0.75;
  private static final int TAPS = 4;

  private BicubicInterpolation() {}

  /**
   * A square in another size.
   *
   * @param image planar {@code [3, from, from]}
   * @return planar {@code [3, to, to]}
   */
  public static float[] of(float[] image, int from, int to) {
    return pass(pass(image, 3 * from, from, to, 1), 3, from, to, to);
  }

  /** Resizes the middle dimension of {@code [outer, from, inner]}. */
  private static float[] pass(float[] source, int outer, int from, int to, int inner) {
    float[] target = new float[outer * to * inner];
    int[] places = new int[TAPS];
    double[] weights = new double[TAPS];
    for (int position = 0; position < to; position++) {
      double centre = (position + 0.5) * from / to - 0.5;
      int first = (int) Math.floor(centre) - 1;
      for (int tap = 0; tap < TAPS; tap++) {
        places[tap] = Math.max(0, Math.min(from - 1, first + tap));
        weights[tap] = weight(Math.abs(centre - first - tap));
      }
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < inner; i++) {
          double sum = 0;
          for (int tap = 0; tap < TAPS; tap++) {
            sum += weights[tap] * source[(o * from + places[tap]) * inner + i];
          }
          target[(o * to + position) * inner + i] = (float) sum;
        }
      }
    }
    return target;
  }

  private static double weight(double x) {
    return x <= 1 ? ((A + 2) * x - (A + 3)) * x * x + 1 : ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }
}
