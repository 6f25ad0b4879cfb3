package dev.vernier.harness.metrics;

/** The peak signal-to-noise ratio of one picture: over all RGB values, both 8-bit, peak 255. */
public final class Psnr {
  /**
   * What a perfect reconstruction counts, in dB; without a cap it would make every mean infinite.
   */
  public static final double CAP = 100;

  private static final double PEAK = 255;

  private Psnr() {}

  /** In dB, at most {@link #CAP}. */
  public static double of(byte[] a, byte[] b) {
    return ofError(meanSquaredError(a, b));
  }

  /**
   * The same of levels that need not be whole.
   *
   * @param a 0 to 255
   */
  public static double of(float[] a, float[] b) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(
          "pictures of " + a.length + " and " + b.length + " values");
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return ofError(sum / a.length);
  }

  /** That of a mean squared error, in dB. */
  public static double ofError(double error) {
    return error == 0 ? CAP : Math.min(CAP, 10 * Math.log10(PEAK * PEAK / error));
  }

  /** The mean squared difference of the bytes. */
  public static double meanSquaredError(byte[] a, byte[] b) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException("pictures of " + a.length + " and " + b.length + " bytes");
    }
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = (a[i] & 0xff) - (b[i] & 0xff);
      sum += (long) difference * difference;
    }
    return (double) sum / a.length;
  }
}
