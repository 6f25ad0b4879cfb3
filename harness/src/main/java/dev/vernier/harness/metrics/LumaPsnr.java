package dev.vernier.harness.metrics;

/**
 * The peak signal-to-noise ratio of one picture over its luma alone, as IQA-PyTorch computes it: Y
 * of ITU-R BT.601 in the range of studios, peak 255. It is higher than {@link Psnr} of the same
 * pictures, since Y spans 219 of the 255 levels and errors of colour do not count.
 */
public final class LumaPsnr {
  private static final double[] WEIGHTS = {65.481 / 255, 128.553 / 255, 24.966 / 255};

  /** What keeps the ratio of equal pictures finite, at 80 dB; of the square of the peak. */
  private static final double EPSILON = 1e-8;

  private LumaPsnr() {}

  /**
   * In dB.
   *
   * @param a planar {@code [3, area]}, 0 to 255
   * @param b the same
   */
  public static double of(float[] a, float[] b) {
    if (a.length != b.length || a.length == 0 || a.length % 3 != 0) {
      throw new IllegalArgumentException(
          "pictures of " + a.length + " and " + b.length + " values");
    }
    int area = a.length / 3;
    double sum = 0;
    for (int i = 0; i < area; i++) {
      double difference = 0;
      for (int c = 0; c < 3; c++) {
        difference += WEIGHTS[c] * (a[c * area + i] - b[c * area + i]) / 255;
      }
      sum += difference * difference;
    }
    return -10 * Math.log10(sum / area + EPSILON);
  }
}
