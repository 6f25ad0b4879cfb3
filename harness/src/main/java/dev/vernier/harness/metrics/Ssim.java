package dev.vernier.harness.metrics;

import java.util.Arrays;

/**
 * Structural similarity (Wang et al. 2004) of 8-bit RGB pictures: per channel over windows that lie
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
    int length = 3 * height * width;
    if (a.length != length || b.length != length) {
      throw new IllegalArgumentException(
          "pictures of "
              + a.length
              + " and "
              + b.length
              + " bytes are not both [3, "
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

  private double channel(byte[] a, byte[] b, int start, int height, int width) {
    int area = height * width;
    double[][] moments = new double[5][area];
    for (int i = 0; i < area; i++) {
      double x = a[start + i] & 0xff;
      double y = b[start + i] & 0xff;
      moments[0][i] = x;
      moments[1][i] = y;
      moments[2][i] = x * x;
      moments[3][i] = y * y;
      moments[4][i] = x * y;
    }
    for (int m = 0; m < moments.length; m++) {
      moments[m] = filter(moments[m], height, width);
    }
    double pixels = (double) window.length * window.length;
    double correction = sampleCovariance ? pixels / (pixels - 1) : 1;
    double c1 = K1 * range * K1 * range;
    double c2 = K2 * range * K2 * range;
    double sum = 0;
    for (int i = 0; i < moments[0].length; i++) {
      double x = moments[0][i];
      double y = moments[1][i];
      double xx = correction * (moments[2][i] - x * x);
      double yy = correction * (moments[3][i] - y * y);
      double xy = correction * (moments[4][i] - x * y);
      sum += (2 * x * y + c1) * (2 * xy + c2) / ((x * x + y * y + c1) * (xx + yy + c2));
    }
    return sum / moments[0].length;
  }

  /** The weighted mean over each window within the picture; rows, then columns. */
  private double[] filter(double[] values, int height, int width) {
    int outWidth = width - window.length + 1;
    int outHeight = height - window.length + 1;
    double[] rows = new double[height * outWidth];
    for (int y = 0; y < height; y++) {
      for (int t = 0; t < window.length; t++) {
        for (int x = 0; x < outWidth; x++) {
          rows[y * outWidth + x] += window[t] * values[y * width + x + t];
        }
      }
    }
    double[] filtered = new double[outHeight * outWidth];
    for (int y = 0; y < outHeight; y++) {
      for (int t = 0; t < window.length; t++) {
        for (int x = 0; x < outWidth; x++) {
          filtered[y * outWidth + x] += window[t] * rows[(y + t) * outWidth + x];
        }
      }
    }
    return filtered;
  }
}
