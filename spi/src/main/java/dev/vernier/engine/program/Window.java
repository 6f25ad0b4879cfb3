package dev.vernier.engine.program;

/**
 * What a filter or a pooling covers.
 *
 * @param height rows
 * @param width columns
 * @param stride step between two windows
 * @param top rows of padding above the map
 * @param left columns of padding on the left
 * @param bottom rows of padding below
 * @param right columns of padding on the right
 */
public record Window(int height, int width, int stride, int top, int left, int bottom, int right) {
  /** A square window with the same padding on every side, as PyTorch has it. */
  public static Window square(int size, int stride, int padding) {
    return new Window(size, size, stride, padding, padding, padding, padding);
  }

  /** A window of odd sides with stride 1 and the padding that keeps a map's size. */
  public static Window keeping(int height, int width) {
    return new Window(height, width, 1, height / 2, width / 2, height / 2, width / 2);
  }

  /** A square window of odd size with stride 2, padded at the bottom and on the right only. */
  public static Window halving(int size) {
    return new Window(size, size, 2, 0, 0, size / 2, size / 2);
  }

  /** Rows of the result; none, or fewer, where the window does not fit in. */
  public int outputHeight(int input) {
    return Math.floorDiv(input + top + bottom - height, stride) + 1;
  }

  /** Columns of the result; none, or fewer, where the window does not fit in. */
  public int outputWidth(int input) {
    return Math.floorDiv(input + left + right - width, stride) + 1;
  }

  /** Whether both ends have the same padding. */
  public boolean symmetric() {
    return top == bottom && left == right;
  }
}
