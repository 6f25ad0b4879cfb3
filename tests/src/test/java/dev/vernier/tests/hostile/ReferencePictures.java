package dev.vernier.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.images.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * What the JDK reads of a picture, where it reads it without a choice of its own: colours of 8 bits
 * without transparency, not compressed with loss.
 */
final class ReferencePictures {
  private ReferencePictures() {}

  static void compare(byte[] file, RgbImage read) {
    BufferedImage reference = reference(file);
    if (reference == null) {
      return;
    }
    int area = read.width() * read.height();
    assertThat(reference.getWidth() * reference.getHeight()).isEqualTo(area);
    for (int i = 0; i < area; i++) {
      int colour = reference.getRGB(i % read.width(), i / read.width());
      for (int c = 0; c < 3; c++) {
        assertThat(read.rgb()[c * area + i]).isEqualTo((byte) (colour >> (8 * (2 - c))));
      }
    }
  }

  private static BufferedImage reference(byte[] file) {
    boolean png = file[0] == (byte) 0x89 && file.length > 26;
    boolean colours = png && file[24] == 8 && (file[25] == 2 || file[25] == 3);
    if (!colours) {
      return null;
    }
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
      return image == null || image.getColorModel().hasAlpha() ? null : image;
    } catch (IOException | RuntimeException e) {
      // It refuses more than Pillow.
      return null;
    }
  }
}
