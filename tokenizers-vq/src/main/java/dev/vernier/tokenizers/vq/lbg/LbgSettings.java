package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.List;

/**
 * The settings of a codebook of patches.
 *
 * @param size number of codes K
 * @param side of a patch in pixels: the downsampling factor f
 * @param iterations of Lloyd's, at most
 */
record LbgSettings(int size, int side, int iterations) {
  private static final Setting<Integer> SIZE =
      Setting.integer("codebook-size", 1024, 1, 1 << 20, "number of codes K");
  private static final Setting<Integer> SIDE =
      Setting.integer(
          "patch", 4, 1, 256, "side of a patch in pixels, the downsampling factor f; paper 16");
  private static final Setting<Integer> ITERATIONS =
      Setting.integer(
          "iterations",
          10,
          1,
          10_000,
          "of Lloyd's algorithm, at most; a step each; 10 more gain 0.01 to 0.02 dB");

  static List<Setting<?>> all() {
    return List.of(SIZE, SIDE, ITERATIONS);
  }

  /**
   * Reads the settings.
   *
   * @throws UsageException if the codes are too large for Java
   */
  static LbgSettings of(Settings settings) {
    LbgSettings own =
        new LbgSettings(settings.get(SIZE), settings.get(SIDE), settings.get(ITERATIONS));
    int largest = Integer.MAX_VALUE / own.dimension();
    if (own.size > largest) {
      throw new UsageException(
          "a codebook of "
              + own.size
              + " patches of "
              + own.side
              + " pixels is too large: lower codebook-size to at most "
              + largest
              + ", or patch");
    }
    return own;
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
  PatchGrid grid(int imageSize) {
    if (imageSize % side != 0) {
      throw new UsageException(
          "images of "
              + imageSize
              + " pixels cannot be cut into patches of "
              + side
              + ": choose another image size, or a patch that divides it");
    }
    return new PatchGrid(imageSize, side);
  }
}
