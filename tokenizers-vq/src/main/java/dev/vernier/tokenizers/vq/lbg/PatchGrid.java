package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.spi.ImageSize;

/**
 * Where the patches of an image lie: squares side by side, row by row, each a vector of its values
 * in the order {@code [3, side, side]}.
 */
final class PatchGrid {
  private final ImageSize imageSize;
  private final int side;
  private final int[] offsets;

  /**
   * Cuts images.
   *
   * @param side of a patch in pixels, a divisor of their height and width
   */
  PatchGrid(ImageSize imageSize, int side) {
    this.imageSize = imageSize;
    this.side = side;
    this.offsets = new int[3 * side * side];
    for (int i = 0; i < offsets.length; i++) {
      int row = i / side;
      offsets[i] = (row / side * imageSize.height() + row % side) * imageSize.width() + i % side;
    }
  }

  ImageSize imageSize() {
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

  private int across() {
    return imageSize.width() / side;
  }

  /** Patches of an image. */
  int places() {
    return imageSize.height() / side * across();
  }

  /** Where a value of a patch lies in an image {@code [3, height, width]}. */
  int index(int place, int value) {
    return (place / across() * imageSize.width() + place % across()) * side + offsets[value];
  }
}
