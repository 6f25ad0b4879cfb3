package dev.vernier.nets.published;

/**
 * Bilinear resizing without antialiasing, in the two ways that tools resize images for Inception.
 * They differ in where an output pixel looks in the input.
 */
enum BilinearResize implements PlaneResize {
  /** TensorFlow 1: pixel i looks at {@code i * in / out}, without half-pixel centres. */
  TF1 {
    @Override
    float position(int target, float scale) {
      return target * scale;
    }
  },
  /**
   * PyTorch with {@code align_corners=False}: pixel i looks at {@code (i + 0.5) * in / out - 0.5}.
   */
  TORCH {
    @Override
    float position(int target, float scale) {
      return Math.max(0, (target + 0.5f) * scale - 0.5f);
    }
  };

  abstract float position(int target, float scale);

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
    Axis rows = new Axis(this, height, outHeight);
    Axis columns = new Axis(this, width, outWidth);
    for (int y = 0; y < outHeight; y++) {
      int upper = sourceAt + rows.low[y] * width;
      int lower = sourceAt + rows.high[y] * width;
      for (int x = 0; x < outWidth; x++) {
        float top =
            mix(source[upper + columns.low[x]], source[upper + columns.high[x]], columns.share[x]);
        float bottom =
            mix(source[lower + columns.low[x]], source[lower + columns.high[x]], columns.share[x]);
        target[targetAt + y * outWidth + x] = mix(top, bottom, rows.share[y]);
      }
    }
  }

  private static float mix(float first, float second, float share) {
    return first + (second - first) * share;
  }

  /** For each output position the two input positions it lies between, and the second's share. */
  private static final class Axis {
    private final int[] low;
    private final int[] high;
    private final float[] share;

    Axis(BilinearResize way, int in, int out) {
      low = new int[out];
      high = new int[out];
      share = new float[out];
      float scale = (float) in / out;
      for (int i = 0; i < out; i++) {
        float position = way.position(i, scale);
        low[i] = Math.min((int) position, in - 1);
        high[i] = Math.min(low[i] + 1, in - 1);
        share[i] = position - low[i];
      }
    }
  }
}
