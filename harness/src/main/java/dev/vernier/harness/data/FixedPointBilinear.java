package dev.vernier.harness.data;

import dev.vernier.harness.images.RgbImage;

/**
 * Bilinear resizing as OpenCV does it on bytes: half-pixel centres, no antialiasing, coefficients
 * of 11 bits, a product of 22 bits of which the last ones are dropped in three steps. Where both
 * sides are halved, OpenCV takes the mean of four pixels.
 */
public final class FixedPointBilinear {
  private static final int SCALE = 1 << 11;

  private FixedPointBilinear() {}

  /** The picture in another size. */
  public static RgbImage resize(RgbImage image, int width, int height) {
    if (image.width() == 2 * width && image.height() == 2 * height) {
      return halved(image);
    }
    Axis columns = new Axis(image.width(), width);
    columns.keepWithin();
    Axis rows = new Axis(image.height(), height);
    byte[] source = image.rgb();
    byte[] target = new byte[3 * width * height];
    for (int channel = 0; channel < 3; channel++) {
      int plane = channel * image.width() * image.height();
      for (int y = 0; y < height; y++) {
        int upper = plane + rows.low[y] * image.width();
        int lower = plane + rows.high[y] * image.width();
        for (int x = 0; x < width; x++) {
          int top = (rows.lowShare[y] * (columns.mix(source, upper, x) >> 4)) >> 16;
          int bottom = (rows.highShare[y] * (columns.mix(source, lower, x) >> 4)) >> 16;
          target[(channel * height + y) * width + x] = (byte) ((top + bottom + 2) >> 2);
        }
      }
    }
    return new RgbImage(width, height, target);
  }

  private static RgbImage halved(RgbImage image) {
    int width = image.width() / 2;
    int height = image.height() / 2;
    byte[] source = image.rgb();
    byte[] target = new byte[3 * width * height];
    for (int i = 0; i < target.length; i++) {
      int at = i / width * 2 * image.width() + i % width * 2;
      int below = at + image.width();
      int sum =
          (source[at] & 0xff)
              + (source[at + 1] & 0xff)
              + (source[below] & 0xff)
              + (source[below + 1] & 0xff);
      target[i] = (byte) ((sum + 2) >> 2);
    }
    return new RgbImage(width, height, target);
  }

  /** For each output position the two input positions it lies between, and their shares. */
  private static final class Axis {
    private final int[] low;
    private final int[] high;
    private final int[] lowShare;
    private final int[] highShare;

    Axis(int in, int out) {
      low = new int[out];
      high = new int[out];
      lowShare = new int[out];
      highShare = new int[out];
      // As OpenCV has it, which rounds twice.
      double scale = 1 / ((double) out / in);
      for (int i = 0; i < out; i++) {
        float position = (float) ((i + 0.5) * scale - 0.5);
        int floor = (int) Math.floor(position);
        float share = position - floor;
        low[i] = Math.max(0, Math.min(in - 1, floor));
        high[i] = Math.max(0, Math.min(in - 1, floor + 1));
        lowShare[i] = (int) Math.rint((1 - share) * SCALE);
        highShare[i] = (int) Math.rint(share * SCALE);
      }
    }

    /**
     * Gives the outermost pixels their whole weight at once: OpenCV does so with columns only, and
     * adds up two rounded parts of one and the same row.
     */
    void keepWithin() {
      for (int i = 0; i < low.length; i++) {
        if (low[i] == high[i]) {
          lowShare[i] = SCALE;
          highShare[i] = 0;
        }
      }
    }

    int mix(byte[] source, int row, int position) {
      return (source[row + low[position]] & 0xff) * lowShare[position]
          + (source[row + high[position]] & 0xff) * highShare[position];
    }
  }
}
