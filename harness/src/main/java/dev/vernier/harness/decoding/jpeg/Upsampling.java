package dev.vernier.harness.decoding.jpeg;

/**
 * Brings the plane of a component to the size of the frame. Halved sides are interpolated with
 * weights of 3/4 and 1/4, the "fancy upsampling" of libjpeg and libjpeg-turbo; other shares, and
 * planes of one or two columns that are to be widened, repeat their samples.
 */
final class Upsampling {
  /** Planes narrower than this are not interpolated across. */
  private static final int NARROWEST = 3;

  private final byte[] plane;
  private final int stride;
  private final int width;
  private final int height;
  private final int across;
  private final int down;
  private final int[] sums;

  /**
   * Of a plane.
   *
   * @param stride from one row to the next
   * @param across how many columns of the frame a sample covers
   * @param down how many rows it covers
   */
  Upsampling(byte[] plane, int stride, int width, int height, int across, int down) {
    this.plane = plane;
    this.stride = stride;
    this.width = width;
    this.height = height;
    this.across = across;
    this.down = down;
    this.sums = new int[width];
  }

  /** Writes rows of the frame, of so many columns, from a place on. */
  void write(byte[] target, int from, int columns, int rows) {
    boolean widens = across == 2 && width >= NARROWEST && down <= 2;
    for (int y = 0; y < rows; y++) {
      int at = from + y * columns;
      if (widens && down == 1) {
        plainRow(y);
        widen(target, at, columns, 1, 1, 2);
      } else if (widens) {
        mixedRow(y);
        widen(target, at, columns, 4, 8, 7);
      } else if (across == 1 && down == 2) {
        mixedRow(y);
        for (int x = 0; x < columns; x++) {
          target[at + x] = (byte) ((sums[x] + 1 + y % 2) >> 2);
        }
      } else {
        repeat(target, at, columns, y / down * stride);
      }
    }
  }

  private void plainRow(int y) {
    for (int x = 0; x < width; x++) {
      sums[x] = plane[y * stride + x] & 0xff;
    }
  }

  /** Three parts of the row that covers a row of the frame, one of the other one next to it. */
  private void mixedRow(int y) {
    int near = y / 2;
    int far = Math.max(0, Math.min(height - 1, y % 2 == 0 ? near - 1 : near + 1));
    for (int x = 0; x < width; x++) {
      sums[x] = 3 * (plane[near * stride + x] & 0xff) + (plane[far * stride + x] & 0xff);
    }
  }

  /**
   * The same across, of {@link #sums}.
   *
   * @param unit what the sums are multiples of
   * @param left what is added in left halves before the division, so that roundings even out
   * @param right likewise in right halves
   */
  private void widen(byte[] target, int at, int columns, int unit, int left, int right) {
    int shift = unit == 1 ? 2 : 4;
    for (int x = 0; x < columns; x++) {
      int near = x / 2;
      boolean isLeft = x % 2 == 0;
      int far = Math.max(0, Math.min(width - 1, isLeft ? near - 1 : near + 1));
      target[at + x] = (byte) ((3 * sums[near] + sums[far] + (isLeft ? left : right)) >> shift);
    }
  }

  private void repeat(byte[] target, int at, int columns, int row) {
    for (int x = 0; x < columns; x++) {
      target[at + x] = plane[row + x / across];
    }
  }
}
