package dev.vernier.harness.images;

import dev.vernier.spi.LabelledImage;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** One image as a PNG file, pixel by pixel. */
public final class PngImage {
  private PngImage() {}

  /** The content of the file. */
  public static byte[] of(LabelledImage image) throws IOException {
    int width = image.size().width();
    int area = image.size().area();
    BufferedImage picture =
        new BufferedImage(width, image.size().height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < area; i++) {
      byte[] rgb = image.rgb();
      int colour = (rgb[i] & 0xff) << 16 | (rgb[area + i] & 0xff) << 8 | (rgb[2 * area + i] & 0xff);
      picture.setRGB(i % width, i / width, colour);
    }
    return Png.of(picture);
  }
}
