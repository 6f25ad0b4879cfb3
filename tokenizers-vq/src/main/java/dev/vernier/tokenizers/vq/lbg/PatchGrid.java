package dev.vernier.tokenizers.vq.lbg;

/**
 * Where the patches of an image lie: squares side by side, row by row, each a vector of its values
 * in the order {@code [3, side, side]}.
 */
final class PatchGrid {
  private final int imageSize;
  private final int side;
  private final int[] offsets;

  /**
   * Cuts images.
   *
   * @param imageSize side of the images in pixels
   * @param side of a patch in pixels, a divisor of it
   */
  PatchGrid(int imageSize, int side) {
    this.imageSize = imageSize;
    this.side = side;
    this.offsets = new int[3 * side * side];
    for (int i = 0; i < offsets.length; i++) {
      int row = i / side;
      offsets[i] = (row / side * imageSize + row % side) * imageSize + i % side;
    }
  }

  int imageSize() {
    return imageSize;
  }

  /** Side of a patch in pixels. */
  int side() {
    return side;
  }

  /** Values of a patch, D. */
  int dimension() {
    return offsets.length;
  }

  /** Patches of an image. */
  int places() {
    int across = imageSize / side;
    return across * across;
  }

  /** Where a value of a patch lies in an image {@code [3, imageSize, imageSize]}. */
  int index(int place, int value) {
    int across = imageSize / side;
    return (place / across * imageSize + place % across) * side + offsets[value];
  }
}
