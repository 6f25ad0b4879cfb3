package dev.vernier.tests.endtoend;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small datasets on disk. */
public final class SmallData {
  private static final int SIZE = 32;

  private SmallData() {}

  /** CIFAR-10's binary format: colour gradients whose direction is the class. */
  public static Path cifar(Path folder, int training, int validation) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("data_batch_1.bin"), records(training, 1));
    Files.write(folder.resolve("test_batch.bin"), records(validation, 2));
    return folder;
  }

  private static byte[] records(int count, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[count * (1 + 3 * SIZE * SIZE)];
    int at = 0;
    for (int n = 0; n < count; n++) {
      int label = n % 10;
      bytes[at++] = (byte) label;
      for (int c = 0; c < 3; c++) {
        int base = random.nextInt(156);
        for (int i = 0; i < SIZE * SIZE; i++) {
          int along = label % 2 == 0 ? i % SIZE : i / SIZE;
          bytes[at++] = (byte) (base + along * (label + 1) / 4 + random.nextInt(8));
        }
      }
    }
    return bytes;
  }

  /** PNG files in class folders below train/ and val/. */
  public static Path pictures(Path folder, int training, int validation) throws IOException {
    Random random = new Random(3);
    for (int n = 0; n < training + validation; n++) {
      BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
      int base = random.nextInt(0xffffff);
      for (int i = 0; i < 40 * 36; i++) {
        image.setRGB(i % 40, i / 40, base + (n % 2 == 0 ? i % 40 : i / 40) * 0x010203);
      }
      Path file =
          folder
              .resolve(n < training ? "train" : "val")
              .resolve(n % 2 == 0 ? "columns" : "rows")
              .resolve(n + ".png");
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }
    return folder;
  }
}
