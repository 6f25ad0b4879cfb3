package dev.vernier.harness.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * Decodes image files of any colour model to 8-bit RGB. Stored sample values are taken as they are:
 * no colour profile is applied, transparency is dropped, grey becomes three equal channels, as the
 * usual Python pipelines do.
 */
final class ImageDecoder {
  static {
    ImageIO.setUseCache(false);
  }

  private ImageDecoder() {}

  /**
   * Decodes the bytes of a file.
   *
   * @throws IOException if they are no image, or a damaged one
   */
  static RgbImage decode(byte[] file) throws IOException {
    BufferedImage image;
    try {
      image = ImageIO.read(new ByteArrayInputStream(file));
    } catch (RuntimeException e) {
      // Readers answer some damaged files with index errors and the like.
      throw new IOException("damaged: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new IOException("not an image of a known format");
    }
    return image.getColorModel() instanceof ComponentColorModel ? stored(image) : converted(image);
  }

  private static RgbImage stored(BufferedImage image) {
    Raster raster = image.getRaster();
    int type = image.getColorModel().getColorSpace().getType();
    int bytes = raster.getTransferType() == DataBuffer.TYPE_BYTE ? 0 : 8;
    if (type != ColorSpace.TYPE_GRAY && type != ColorSpace.TYPE_RGB) {
      return converted(image);
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[3 * width * height];
    int[] samples = new int[width * height];
    for (int c = 0; c < 3; c++) {
      raster.getSamples(0, 0, width, height, type == ColorSpace.TYPE_GRAY ? 0 : c, samples);
      for (int i = 0; i < samples.length; i++) {
        rgb[c * samples.length + i] = (byte) (samples[i] >> bytes);
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static RgbImage converted(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int area = width * height;
    int[] packed = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] rgb = new byte[3 * area];
    for (int i = 0; i < area; i++) {
      rgb[i] = (byte) (packed[i] >> 16);
      rgb[area + i] = (byte) (packed[i] >> 8);
      rgb[2 * area + i] = (byte) packed[i];
    }
    return new RgbImage(width, height, rgb);
  }
}
