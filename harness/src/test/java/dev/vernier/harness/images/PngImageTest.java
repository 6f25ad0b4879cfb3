package dev.vernier.harness.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngImageTest {
  @Test
  void pixels_areKept_withoutTemporaryFiles() throws IOException {
    byte[] rgb = {(byte) 200, 1, 100, 2, (byte) 255, 3};
    byte[] file = PngImage.of(new LabelledImage("a", 0, new ImageSize(1, 2), rgb));
    assertThat(ImageIO.getUseCache()).as("whose hooks a JVM that ends refuses").isFalse();
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(picture.getRGB(0, 0)).isEqualTo(0xffc864ff);
    assertThat(picture.getRGB(1, 0)).isEqualTo(0xff010203);
  }
}
