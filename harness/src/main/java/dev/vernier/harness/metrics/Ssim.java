package dev.vernier.harness.metrics;

import java.util.Arrays;

/**
 * Structural similarity (Wang et al. 2004) of RGB pictures: per channel over windows that lie
 * within the picture, then the mean over channels.
 */
public enum Ssim {
  /** The paper's: Gaussian 11 x 11 window of standard deviation 1.5, population covariance. */
  WANG(gaussian(), 255, false),
  /** scikit-image's default: uniform 7 x 7 window, sample covariance. */
  UNIFORM(uniform(), 255, true),
  /**
   * What LlamaGen's and FQGAN's scripts compute: the uniform window, but with a data range twice
   * that of the images, which makes it too high.
   */
  LLAMAGEN(uniform(), 510, true);

  private static final double K1 = 0.01;
  private static final double K2 = 0.03;

  @SuppressWarnings("ImmutableEnumChecker") // never handed out, never written again
  private final double[] window;

  private final double range;
  private final boolean sampleCovariance;

  Ssim(double[] window, double range, boolean sampleCovariance) {
    this.window = window;
    this.range = range;
    this.sampleCovariance = sampleCovariance;
  }

  private static double[] gaussian() {
    double[] weights = new double[11];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-0.5 * (i - 5) * (i - 5) / (1.5 * 1.5));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static double[] uniform() {
    double[] weights = new double[7];
    Arrays.fill(weights, 1.0 / 7);
    return weights;
  }

  /** The smallest side a picture may have. */
  public int smallestSide() {
    return window.length;
  }

  /**
   * The similarity of two pictures, at most 1.
   *
   * @param a planar {@code [3, height, width]}
   * @param b the same
   * @throws IllegalArgumentException if a picture has another size or the window does not fit
   */
  public double of(byte[] a, byte[] b, int height, int width) {
    return of(levels(a), levels(b), height, width);
  }

  /** The levels of bytes, 0 to 255. */
  public static float[] levels(byte[] bytes) {
    float[] levels = new float[bytes.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = bytes[i] & 0xff;
    }
    return levels;
  }

  /**
   * The same of pictures that need not be rounded.
   *
   * @param a planar {@code [3, height, width]}, 0 to 255
   * @param b the same
   */
  public double of(float[] a, float[] b, int height, int width) {
    int length = 3 * height * width;
    if (a.length != length || b.length != length) {
      throw new IllegalArgumentException(
          "pictures of "
              + a.length
              + " and "
              + b.length
              + " values are not both [3, "
              + height
              + ", "
              + width
              + "]");
    }
    if (Math.min(height, width) < window.length) {
      throw new IllegalArgumentException(
          "SSIM needs pictures of at least " + window.length + " pixels a side");
    }
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      sum += channel(a, b, c * height * width, height, width);
    }
    return sum / 3;
  }

  private double channel(float[] a, float[] b, int start, int height, int width) {
    double[][][] moments = new double[5][height][width];
    for (int y = 0; y < height; y++) {
      int from = start + y * width;
      for (int x = 0; x < width; x++) {
        double p = a[from + x];
        double q = b[from + x];
        moments[0][y][x] = p;
        moments[1][y][x] = q;
        moments[2][y][x] = p * p;
        moments[3][y][x] = q * q;
        moments[4][y][x] = p * q;
      }
    }
    for (int m = 0; m < moments.length; m++) {
      moments[m] = filterDown(transposed(filterDown(moments[m])));
    }
    double sum = 0;
    for (int i = 0; i < moments[0].length; i++) {
      sum += sum(moments[0][i], moments[1][i], moments[2][i], moments[3][i], moments[4][i]);
    }
    return sum / ((double) moments[0].length * moments[0][0].length);
  }

  /** The similarities at one row or column of windows, from the means of x, y, xx, yy, xy. */
  private double sum(double[] xs, double[] ys, double[] xxs, double[] yys, double[] xys) {
    double pixels = (double) window.length * window.length;
    double correction = sampleCovariance ? pixels / (pixels - 1) : 1;
    double c1 = K1 * range * K1 * range;
    double c2 = K2 * range * K2 * range;
    double sum = 0;
    for (int i = 0; i < xs.length; i++) {
      double x = xs[i];
      double y = ys[i];
      double xx = correction * (xxs[i] - x * x);
      double yy = correction * (yys[i] - y * y);
      double xy = correction * (xys[i] - x * y);
      sum += (2 * x * y + c1) * (2 * xy + c2) / ((x * x + y * y + c1) * (xx + yy + c2));
    }
    return sum;
  }

  /** The weighted mean over as many rows as the window has, wherever they are all there. */
  private double[][] filterDown(double[][] rows) {
    int width = rows[0].length;
    double[][] filtered = new double[rows.length - window.length + 1][width];
    for (int y = 0; y < filtered.length; y++) {
      int t = 0;
      for (; t + 3 < window.length; t += 4) {
        LinearCombination.add(
            filtered[y],
            0,
            width,
            window[t],
            rows[y + t],
            window[t + 1],
            rows[y + t + 1],
            window[t + 2],
            rows[y + t + 2],
            window[t + 3],
            rows[y + t + 3]);
      }
      for (; t < window.length; t++) {
        LinearCombination.add(filtered[y], 0, width, window[t], rows[y + t]);
      }
    }
    return filtered;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < columns.length; x++) {
        columns[x][y] = rows[y][x];
      }
    }
    return columns;
  }
}
