package dev.vernier.harness.data;

import dev.vernier.harness.images.RgbImage;

/**
 * Resizing with the antialiased filters of Pillow 2.7 and later, in its fixed-point arithmetic:
 * coefficients of 22 bits, columns first, each pass rounded to 8 bits. The published evaluations
 * prepare their images this way, so ours must agree to the bit.
 */
public enum Resampling {
  /** Area average. */
  BOX(0.5),
  /** The triangle. */
  BILINEAR(1),
  /** Cubic convolution with a = -0.5. */
  BICUBIC(2);

  private static final int PRECISION = 22;
  private final double support;

  Resampling(double support) {
    this.support = support;
  }

  private double filter(double x) {
    return switch (this) {
      case BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
      case BILINEAR -> Math.max(0, 1 - Math.abs(x));
      case BICUBIC -> cubic(x);
    };
  }

  private static double cubic(double signed) {
    double x = Math.abs(signed);
    double a = -0.5;
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  /** The picture in another size. */
  public RgbImage resize(RgbImage image, int width, int height) {
    return resize(image, new Span(width, 0, width), new Span(height, 0, height));
  }

  /** A part of the picture in another size; the rest is not computed. */
  public RgbImage resize(RgbImage image, Span across, Span down) {
    byte[] pixels = pass(image.rgb(), 3 * image.height(), image.width(), across, 1);
    pixels = pass(pixels, 3, image.height(), down, across.count);
    return new RgbImage(across.count, down.count, pixels);
  }

  /**
   * What is wanted of a dimension.
   *
   * @param size that it is resized to
   * @param from first place that is computed
   * @param count how many are
   */
  public record Span(int size, int from, int count) {
    boolean isAllOf(int before) {
      return size == before && count == before;
    }
  }

  /** Resizes the middle dimension of {@code [outer, before, inner]}. */
  private byte[] pass(byte[] source, int outer, int before, Span wanted, int inner) {
    if (wanted.isAllOf(before)) {
      return source;
    }
    byte[] target = new byte[outer * wanted.count * inner];
    for (int position = 0; position < wanted.count; position++) {
      Taps taps = taps(wanted.from + position, before, wanted.size);
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < inner; i++) {
          int sum = 1 << (PRECISION - 1);
          int at = (o * before + taps.first()) * inner + i;
          for (int weight : taps.weights()) {
            sum += (source[at] & 0xff) * weight;
            at += inner;
          }
          target[(o * wanted.count + position) * inner + i] =
              (byte) Math.max(0, Math.min(255, sum >> PRECISION));
        }
      }
    }
    return target;
  }

  private Taps taps(int position, int from, int to) {
    double scale = (double) from / to;
    double stretch = Math.max(1, scale);
    double reach = support * stretch;
    double centre = (position + 0.5) * scale;
    int first = Math.max(0, (int) (centre - reach + 0.5));
    int end = Math.min(from, (int) (centre + reach + 0.5));
    double[] values = new double[end - first];
    double sum = 0;
    double narrow = 1 / stretch;
    for (int i = 0; i < values.length; i++) {
      values[i] = filter((i + first - centre + 0.5) * narrow);
      sum += values[i];
    }
    int[] weights = new int[values.length];
    for (int i = 0; i < weights.length; i++) {
      double share = values[i] / sum * (1 << PRECISION);
      weights[i] = (int) (share < 0 ? share - 0.5 : share + 0.5);
    }
    return new Taps(first, weights);
  }

  @SuppressWarnings("ArrayRecordComponent") // local to one pass
  private record Taps(int first, int[] weights) {}
}
