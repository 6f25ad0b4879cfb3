package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.engine.search.DistinctRows;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.RandomOrder;
import dev.vernier.spi.Split;
import java.util.random.RandomGenerator;

/**
 * Patches of training images, kept as the bytes they are.
 *
 * @param pixels {@code [N, D]}, unsigned
 * @param dimension values of a patch, D
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PatchSample(byte[] pixels, int dimension) {
  /** Looking at more images, of a large dataset on a disk, would take longer than learning. */
  private static final int MOST_IMAGES = 1 << 15;

  /** A limit to memory. */
  private static final int MOST_BYTES = 1 << 28;

  /**
   * Draws a sample without repetition, evenly from all images looked at.
   *
   * @param wanted how many patches; fewer where there are no more or they are too large
   */
  static PatchSample of(ImageDataset dataset, PatchGrid grid, int wanted, RandomGenerator random) {
    int dimension = grid.dimension();
    int available = dataset.size(Split.TRAIN);
    int images = Math.min(Math.min(available, MOST_IMAGES), wanted);
    long most = Math.min((long) images * grid.places(), Math.max(1, MOST_BYTES / dimension));
    int count = (int) Math.min(wanted, most);
    byte[] pixels = new byte[count * dimension];
    int at = 0;
    int seen = 0;
    for (int image : RandomOrder.some(available, images, random)) {
      byte[] rgb = dataset.image(Split.TRAIN, image).rgb();
      int share = (int) ((seen + 1L) * count / images - (long) seen * count / images);
      for (int place : RandomOrder.some(grid.places(), share, random)) {
        for (int i = 0; i < dimension; i++) {
          pixels[at++] = rgb[grid.index(place, i)];
        }
      }
      seen++;
    }
    return new PatchSample(pixels, dimension);
  }

  /** Number of patches, N. */
  int count() {
    return pixels.length / dimension;
  }

  /**
   * Copies a patch out.
   *
   * @param target takes D values in [-1, 1]
   */
  void read(int patch, float[] target, int at) {
    for (int i = 0; i < dimension; i++) {
      target[at + i] = Pixels.toFloat(pixels[patch * dimension + i]);
    }
  }

  /**
   * Distinct patches in random order. Where there are fewer than wanted they are repeated.
   *
   * @param wanted how many, K
   * @return {@code [K, D]} in [-1, 1]
   */
  float[] distinct(int wanted, RandomGenerator random) {
    float[] chosen = new float[wanted * dimension];
    DistinctRows rows = new DistinctRows(chosen, dimension);
    int[] order = RandomOrder.of(count(), random);
    int found = 0;
    for (int i = 0; i < order.length && found < wanted; i++) {
      read(order[i], chosen, found * dimension);
      if (rows.add(found)) {
        found++;
      }
    }
    for (int at = found * dimension; at < chosen.length; at++) {
      chosen[at] = chosen[at - found * dimension];
    }
    return chosen;
  }
}
