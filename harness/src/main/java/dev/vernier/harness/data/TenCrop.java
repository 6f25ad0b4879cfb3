package dev.vernier.harness.data;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * Ten crops of a training image, as LlamaGen (Sun et al. 2024) and FAR encode them: the image is
 * cropped at its centre to {@value #RANGE} times the size of the dataset's images, sides rounded
 * down. From that come the four corners and the centre, and the same of its mirror image, in the
 * order of torchvision's {@code TenCrop}.
 */
public final class TenCrop {
  /** How many there are. */
  public static final int COUNT = 10;

  private static final double RANGE = 1.1;

  private TenCrop() {}

  /**
   * The crops of a training image: top left, top right, bottom left, bottom right and centre, then
   * the same five of the mirror image. Where a dataset has its images in one size only, they are
   * enlarged.
   */
  public static List<LabelledImage> of(ImageDataset dataset, int index) {
    ImageSize size = dataset.spec().imageSize();
    ImageSize larger = new ImageSize((int) (size.height() * RANGE), (int) (size.width() * RANGE));
    LabelledImage image =
        dataset.resized(index, larger).orElseGet(() -> enlarged(dataset, index, larger));
    RgbImage picture = new RgbImage(larger.width(), larger.height(), image.rgb());
    List<LabelledImage> crops = new ArrayList<>();
    for (RgbImage side : List.of(picture, picture.mirrored())) {
      for (RgbImage crop : five(side, size)) {
        crops.add(new LabelledImage(image.id(), image.label(), size, crop.rgb()));
      }
    }
    return crops;
  }

  private static LabelledImage enlarged(ImageDataset dataset, int index, ImageSize larger) {
    LabelledImage image = dataset.image(Split.TRAIN, index);
    RgbImage picture = new RgbImage(image.size().width(), image.size().height(), image.rgb());
    byte[] rgb = Resampling.BICUBIC.resize(picture, larger.width(), larger.height()).rgb();
    return new LabelledImage(image.id(), image.label(), larger, rgb);
  }

  private static List<RgbImage> five(RgbImage image, ImageSize size) {
    int right = image.width() - size.width();
    int bottom = image.height() - size.height();
    // Halves go to the even side, as Python rounds them.
    int left = (int) Math.rint(right / 2.0);
    int top = (int) Math.rint(bottom / 2.0);
    return List.of(
        image.crop(0, 0, size.width(), size.height()),
        image.crop(right, 0, size.width(), size.height()),
        image.crop(0, bottom, size.width(), size.height()),
        image.crop(right, bottom, size.width(), size.height()),
        image.crop(left, top, size.width(), size.height()));
  }
}
