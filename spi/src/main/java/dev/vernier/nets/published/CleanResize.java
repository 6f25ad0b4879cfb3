package dev.vernier.nets.published;

/**
 * The resizing of clean-fid (Parmar et al. 2022): Pillow's bicubic filter on planes of floats,
 * which widens with the reduction and so does not alias, columns first, rounded to single precision
 * after each pass and to nothing else, clipped to {@code [0, 255]}.
 */
final class CleanResize implements PlaneResize {
  private static final double SUPPORT = 2;
  private static final double A = -0.5;

  @Override
  public void resize(
      float[] source,
      int sourceAt,
      int height,
      int width,
      float[] target,
      int targetAt,
      int outHeight,
      int outWidth) {
    float[] narrow = new float[height * outWidth];
    for (int x = 0; x < outWidth; x++) {
      Taps taps = Taps.of(x, width, outWidth);
      for (int y = 0; y < height; y++) {
        narrow[y * outWidth + x] = taps.sum(source, sourceAt + y * width, 1);
      }
    }
    for (int y = 0; y < outHeight; y++) {
      Taps taps = Taps.of(y, height, outHeight);
      for (int x = 0; x < outWidth; x++) {
        float value = taps.sum(narrow, x, outWidth);
        target[targetAt + y * outWidth + x] = Math.max(0, Math.min(255, value));
      }
    }
  }

  /** The input positions from {@code first} on that an output position is a weighted mean of. */
  @SuppressWarnings("ArrayRecordComponent") // local to one pass
  private record Taps(int first, double[] weights) {
    static Taps of(int position, int in, int out) {
      double scale = (double) in / out;
      double stretch = Math.max(1, scale);
      double centre = (position + 0.5) * scale;
      int first = Math.max(0, (int) (centre - SUPPORT * stretch + 0.5));
      int end = Math.min(in, (int) (centre + SUPPORT * stretch + 0.5));
      double[] weights = new double[end - first];
      double total = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = cubic((i + first - centre + 0.5) * (1 / stretch));
        total += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= total;
      }
      return new Taps(first, weights);
    }

    private static double cubic(double signed) {
      double x = Math.abs(signed);
      if (x < 1) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    float sum(float[] values, int at, int stride) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += values[at + (first + i) * stride] * weights[i];
      }
      return (float) sum;
    }
  }
}
