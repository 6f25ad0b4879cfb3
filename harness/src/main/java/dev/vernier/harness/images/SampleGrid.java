package dev.vernier.harness.images;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** A picture of rows of images, enlarged where they are small. */
public final class SampleGrid {
  private static final int SHOWN_SIZE = 96;
  private static final int GAP = 2;

  private SampleGrid() {}

  /**
   * The PNG file of the picture.
   *
   * @param rows from top to bottom, all of one length and image size
   */
  public static byte[] png(List<List<LabelledImage>> rows) throws IOException {
    ImageSize size = rows.get(0).get(0).size();
    int factor = Math.max(1, SHOWN_SIZE / Math.max(size.height(), size.width()));
    int right = size.width() * factor + GAP;
    int down = size.height() * factor + GAP;
    BufferedImage picture =
        new BufferedImage(
            rows.get(0).size() * right - GAP, rows.size() * down - GAP, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        picture.setRGB(x, y, 0xffffff);
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < rows.get(row).size(); i++) {
        draw(rows.get(row).get(i), picture, i * right, row * down, factor);
      }
    }
    return Png.of(picture);
  }

  private static void draw(
      LabelledImage image, BufferedImage picture, int left, int top, int factor) {
    int width = image.size().width();
    int area = image.size().area();
    byte[] rgb = image.rgb();
    for (int y = 0; y < image.size().height() * factor; y++) {
      for (int x = 0; x < width * factor; x++) {
        int at = y / factor * width + x / factor;
        int colour =
            (rgb[at] & 0xff) << 16 | (rgb[area + at] & 0xff) << 8 | (rgb[2 * area + at] & 0xff);
        picture.setRGB(left + x, top + y, colour);
      }
    }
  }
}
