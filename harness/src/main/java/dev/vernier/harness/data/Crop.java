package dev.vernier.harness.data;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.ImageSize;
import java.util.random.RandomGenerator;

/**
 * How a picture of any size becomes one of a given size: as in the ADM evaluation suite (Dhariwal
 * and Nichol 2021) and the tokenizer papers after it, whose pictures are squares. It is halved by
 * area averaging while both sides are at least twice the target's, then resized bicubically until
 * it just covers the target, then cropped.
 */
public final class Crop {
  private static final double SMALLEST_SHARE = 0.8;

  private Crop() {}

  /** The centre, as evaluation sees it. */
  public static RgbImage centre(RgbImage image, ImageSize size) {
    Covering resized = Covering.of(image, size);
    return resized.cut(
        (resized.width - size.width()) / 2, (resized.height - size.height()) / 2, size);
  }

  /**
   * A random crop that shows 80 to 100 percent of the side that the target spans, mirrored half of
   * the time, as training sees it.
   */
  static RgbImage random(RgbImage image, ImageSize size, RandomGenerator random) {
    int shorter = shorter(size);
    int scaled = shorter + random.nextInt(largest(shorter) - shorter + 1);
    Covering resized = Covering.of(image, scaled(size, scaled));
    int left = random.nextInt(resized.width - size.width() + 1);
    int top = random.nextInt(resized.height - size.height() + 1);
    RgbImage crop = resized.cut(left, top, size);
    return random.nextBoolean() ? crop.mirrored() : crop;
  }

  /**
   * A picture that just covers a size once it is resized to its width and height. Only what is cut
   * out is computed, since the whole of a long strip fits no array.
   */
  private record Covering(RgbImage halved, int width, int height) {
    static Covering of(RgbImage image, ImageSize size) {
      RgbImage halved = Crop.halved(image, size);
      double scale =
          Math.max(
              (double) size.width() / halved.width(), (double) size.height() / halved.height());
      return new Covering(
          halved,
          (int) Math.rint(halved.width() * scale),
          (int) Math.rint(halved.height() * scale));
    }

    RgbImage cut(int left, int top, ImageSize size) {
      Resampling.Span across = new Resampling.Span(width, left, size.width());
      Resampling.Span down = new Resampling.Span(height, top, size.height());
      return Resampling.BICUBIC.resize(halved, across, down);
    }
  }

  /** What is left of a picture after the halvings that all its crops of a size begin with. */
  static RgbImage shrunk(RgbImage image, ImageSize size) {
    return halved(image, scaled(size, largest(shorter(size))));
  }

  private static int shorter(ImageSize size) {
    return Math.min(size.height(), size.width());
  }

  private static int largest(int size) {
    return (int) Math.ceil(size / SMALLEST_SHARE);
  }

  /** A size of the same proportions by its shorter side, the other one rounded. */
  private static ImageSize scaled(ImageSize size, int side) {
    double shorter = shorter(size);
    return new ImageSize(
        (int) Math.rint(size.height() * side / shorter),
        (int) Math.rint(size.width() * side / shorter));
  }

  private static RgbImage halved(RgbImage image, ImageSize size) {
    RgbImage halved = image;
    while (halved.width() >= 2 * size.width() && halved.height() >= 2 * size.height()) {
      halved = Resampling.BOX.resize(halved, halved.width() / 2, halved.height() / 2);
    }
    return halved;
  }
}
