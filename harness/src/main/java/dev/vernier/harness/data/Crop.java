package dev.vernier.harness.data;

import dev.vernier.harness.images.RgbImage;
import java.util.random.RandomGenerator;

/**
 * How a picture of any size becomes a square one: as in the ADM evaluation suite (Dhariwal and
 * Nichol 2021) and the tokenizer papers after it. The shorter side is halved by area averaging
 * while it is at least twice the target, then resized bicubically, then cropped.
 */
public final class Crop {
  private static final double SMALLEST_SHARE = 0.8;

  private Crop() {}

  /** The centre, as evaluation sees it. */
  public static RgbImage centre(RgbImage image, int size) {
    RgbImage resized = shorterSide(image, size);
    return resized.crop((resized.width() - size) / 2, (resized.height() - size) / 2, size, size);
  }

  /**
   * A random crop that shows 80 to 100 percent of the shorter side, mirrored half of the time, as
   * training sees it.
   */
  static RgbImage random(RgbImage image, int size, RandomGenerator random) {
    RgbImage resized = shorterSide(image, size + random.nextInt(largest(size) - size + 1));
    RgbImage crop =
        resized.crop(
            random.nextInt(resized.width() - size + 1),
            random.nextInt(resized.height() - size + 1),
            size,
            size);
    return random.nextBoolean() ? crop.mirrored() : crop;
  }

  private static RgbImage shorterSide(RgbImage image, int size) {
    RgbImage halved = halved(image, size);
    double scale = (double) size / Math.min(halved.width(), halved.height());
    return Resampling.BICUBIC.resize(
        halved, (int) Math.rint(halved.width() * scale), (int) Math.rint(halved.height() * scale));
  }

  /** What is left of a picture after the halvings that all its crops of a size begin with. */
  static RgbImage shrunk(RgbImage image, int size) {
    return halved(image, largest(size));
  }

  private static int largest(int size) {
    return (int) Math.ceil(size / SMALLEST_SHARE);
  }

  private static RgbImage halved(RgbImage image, int size) {
    RgbImage halved = image;
    while (Math.min(halved.width(), halved.height()) >= 2 * size) {
      halved = Resampling.BOX.resize(halved, halved.width() / 2, halved.height() / 2);
    }
    return halved;
  }
}
