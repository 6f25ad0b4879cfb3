package dev.vernier.harness.protocols;

import dev.vernier.harness.data.Crop;
import dev.vernier.harness.data.FixedPointBilinear;
import dev.vernier.harness.data.Resampling;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.ImageSize;

/**
 * How a picture of any size becomes the square that a tokenizer sees. All of them leave squares of
 * that size as they are.
 */
public enum Preparation {
  /** That of ADM, see {@link Crop}. */
  ADM("box halvings, bicubic, centre crop, as ADM") {
    @Override
    RgbImage shrink(RgbImage image, int side) {
      return Crop.centre(image, ImageSize.square(side));
    }
  },
  /** torchvision's {@code Resize} with its default, then {@code CenterCrop}. */
  BILINEAR("shorter side by Pillow's bilinear with antialiasing, centre crop, as torchvision") {
    @Override
    RgbImage shrink(RgbImage image, int side) {
      return torchvision(image, side, Resampling.BILINEAR);
    }
  },
  /** torchvision's {@code Resize} with bicubic interpolation, then {@code CenterCrop}. */
  BICUBIC("shorter side by Pillow's bicubic with antialiasing, centre crop, as torchvision") {
    @Override
    RgbImage shrink(RgbImage image, int side) {
      return torchvision(image, side, Resampling.BICUBIC);
    }
  },
  /** Albumentations' {@code SmallestMaxSize} with its default, then {@code CenterCrop}. */
  ALIASED("shorter side by OpenCV's bilinear, no antialiasing, centre crop, as Albumentations") {
    @Override
    RgbImage shrink(RgbImage image, int side) {
      double scale = (double) side / Math.min(image.width(), image.height());
      RgbImage resized =
          FixedPointBilinear.resize(
              image,
              (int) Math.rint(image.width() * scale),
              (int) Math.rint(image.height() * scale));
      return resized.crop((resized.width() - side) / 2, (resized.height() - side) / 2, side, side);
    }
  };

  private final String description;

  Preparation(String description) {
    this.description = description;
  }

  /** In words, for protocols. */
  public String description() {
    return description;
  }

  /** The square. */
  public RgbImage of(RgbImage image, int side) {
    return image.width() == side && image.height() == side ? image : shrink(image, side);
  }

  abstract RgbImage shrink(RgbImage image, int side);

  private static RgbImage torchvision(RgbImage image, int side, Resampling filter) {
    long shorter = Math.min(image.width(), image.height());
    int width = (int) ((long) side * image.width() / shorter);
    int height = (int) ((long) side * image.height() / shorter);
    return filter.resize(image, centre(width, side), centre(height, side));
  }

  private static Resampling.Span centre(int size, int side) {
    return new Resampling.Span(size, (int) Math.rint((size - side) / 2.0), side);
  }
}
