package dev.vernier.harness.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A picture as a PNG file. */
final class Png {
  static {
    // The temporary files of a cache need hooks that the JVM refuses while it ends, as after
    // Ctrl-C.
    ImageIO.setUseCache(false);
  }

  private Png() {}

  /** The content of the file. */
  static byte[] of(BufferedImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }
}
