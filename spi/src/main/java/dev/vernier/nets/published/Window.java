package dev.vernier.nets.published;

/**
 * What a filter or a pooling covers, with the same padding at both ends, as PyTorch has it.
 *
 * @param height rows
 * @param width columns
 * @param stride step between two windows
 * @param padHeight rows of padding at the top and as many at the bottom
 * @param padWidth columns of padding at the left and as many at the right
 */
record Window(int height, int width, int stride, int padHeight, int padWidth) {
  /** A square window. */
  static Window square(int size, int stride, int padding) {
    return new Window(size, size, stride, padding, padding);
  }

  /** A window of odd sides with stride 1 and the padding that keeps a map's size. */
  static Window keeping(int height, int width) {
    return new Window(height, width, 1, height / 2, width / 2);
  }

  int outputHeight(int input) {
    return (input + 2 * padHeight - height) / stride + 1;
  }

  int outputWidth(int input) {
    return (input + 2 * padWidth - width) / stride + 1;
  }
}
