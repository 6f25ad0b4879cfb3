package dev.vernier.reports.samples;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Sample pictures as runs leave them, of noise that only its seed decides. */
public final class SamplePictures {
  public static final int SIDE = 96;
  private static final int GAP = 2;
  private static final int FACTOR = 3;

  private SamplePictures() {}

  /** Rows of noise, one a seed: the first is that of the originals. */
  public static BufferedImage picture(int columns, int... seeds) {
    int step = SIDE + GAP;
    BufferedImage picture =
        new BufferedImage(
            columns * step - GAP, seeds.length * step - GAP, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        boolean gap = x % step >= SIDE || y % step >= SIDE;
        picture.setRGB(x, y, gap ? 0xffffff : noise(seeds[y / step], x, y % step));
      }
    }
    return picture;
  }

  private static int noise(int seed, int x, int y) {
    return (seed * 1_000_003 + x / FACTOR * 7919 + y / FACTOR * 104_729) * 31 & 0x7f7f7f;
  }

  /** Puts a picture into the folder of a cell. */
  public static void write(Run run, Cell cell, BufferedImage picture) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    ResultFiles.writeWhole(
        ResultFiles.cellFolder(run.folder(), cell.id()).resolve("samples.png"), png.toByteArray());
  }
}
