package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.spi.Declared;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.UsageException;
import java.util.List;

/**
 * The settings of a codebook of patches.
 *
 * @param size number of codes K
 * @param side of a patch in pixels: the downsampling factor f
 * @param iterations of Lloyd's, at most
 */
record LbgSettings(
    @Declared(
            name = "codebook-size",
            byDefault = "1024",
            from = 1,
            to = 1 << 20,
            meaning = "number of codes K")
        int size,
    @Declared(
            name = "patch",
            byDefault = "4",
            paper = "16",
            from = 1,
            to = 256,
            meaning = "side of a patch in pixels, the downsampling factor f; paper 16")
        int side,
    @Declared(
            byDefault = "10",
            from = 1,
            to = 10_000,
            meaning = "of Lloyd's algorithm, at most; a step each; 10 more gain 0.01 to 0.02 dB")
        int iterations) {
  /**
   * Checks that the numbers fit each other.
   *
   * @throws UsageException if the codes are too large for Java
   */
  LbgSettings {
    int largest = Integer.MAX_VALUE / (3 * side * side);
    if (size > largest) {
      throw new UsageException(
          "a codebook of "
              + size
              + " patches of "
              + side
              + " pixels is too large: lower codebook-size to at most "
              + largest
              + ", or patch");
    }
  }

  /** The only sub-codebook. */
  List<SubCodebook> subCodebooks() {
    return List.of(new SubCodebook("code", size));
  }

  /** Values of a code, D. */
  int dimension() {
    return 3 * side * side;
  }

  /**
   * How images are cut.
   *
   * @throws UsageException if patches of this side do not fill an image
   */
  PatchGrid grid(ImageSize imageSize) {
    if (!imageSize.isMultipleOf(side)) {
      throw new UsageException(
          "images of "
              + imageSize
              + " pixels cannot be cut into patches of "
              + side
              + ": choose another image size, or a patch that divides height and width");
    }
    return new PatchGrid(imageSize, side);
  }
}
