package dev.vernier.tests.engine;

import dev.vernier.spi.ImageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How many images a batch has, and of what size.
 *
 * @param batch their number
 * @param images their size; even, since every family halves it once
 */
record Sizes(int batch, ImageSize images) {
  /** Sizes drawn at random, an image alone among them, no squares, and code grids of odd sides. */
  static List<Sizes> drawn() {
    List<Sizes> drawn = new ArrayList<>();
    drawn.add(new Sizes(4, new ImageSize(12, 20)));
    Random random = new Random(2);
    for (int batch : new int[] {1, 3}) {
      drawn.add(new Sizes(batch, new ImageSize(side(random), side(random))));
    }
    return drawn;
  }

  private static int side(Random random) {
    return 2 * (3 + random.nextInt(6));
  }

  @Override
  public String toString() {
    return batch + "x" + images.height() + "x" + images.width();
  }
}
