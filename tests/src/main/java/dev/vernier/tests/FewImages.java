package dev.vernier.tests;

import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A small dataset in memory: smooth colour gradients of two classes. */
record FewImages(ImageSize imageSize) implements ImageDataset {
  private static final int COUNT = 24;

  @Override
  public DatasetSpec spec() {
    return new DatasetSpec("few", imageSize, List.of("columns", "rows"), "few-" + imageSize.text());
  }

  @Override
  public int size(Split split) {
    return COUNT;
  }

  @Override
  public LabelledImage image(Split split, int index) {
    Random random = new Random(index + (split == Split.TRAIN ? 0 : COUNT));
    int area = imageSize.area();
    byte[] rgb = new byte[3 * area];
    int width = imageSize.width();
    for (int c = 0; c < 3; c++) {
      int base = random.nextInt(200);
      int slope = random.nextInt(1 + 50 / width * 2);
      for (int i = 0; i < area; i++) {
        int along = index % 2 == 0 ? i % width : i / width;
        rgb[c * area + i] = (byte) Math.min(255, base + slope * along);
      }
    }
    return new LabelledImage(split + "/" + index, index % 2, imageSize, rgb);
  }

  @Override
  public LabelledImage augmented(int index, RandomGenerator random) {
    return image(Split.TRAIN, index);
  }
}
