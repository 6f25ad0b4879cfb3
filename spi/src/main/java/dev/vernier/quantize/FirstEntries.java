package dev.vernier.quantize;

import dev.vernier.engine.search.CodebookSearch;
import dev.vernier.spi.RandomOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The first entries of a codebook: k-means (Lloyd 1982) of encodings, from distinct ones of them.
 * Where there are no more encodings than entries, each is an entry, and the rest are encodings
 * repeated a little apart.
 */
final class FirstEntries {
  private static final int ITERATIONS = 8;
  private static final int POINTS_AN_ENTRY = 64;

  private FirstEntries() {}

  /**
   * Entries from encodings.
   *
   * @param encodings {@code [N, d]}; changed
   * @return {@code [K, d]}
   */
  static float[] of(float[] encodings, VqSettings settings, RandomGenerator random) {
    int dimension = settings.dimension();
    if (settings.l2Norm()) {
      normalize(encodings, dimension);
    }
    float[] points = drawn(encodings, dimension, (long) POINTS_AN_ENTRY * settings.size(), random);
    int count = points.length / dimension;
    float[] entries = Arrays.copyOf(points, settings.size() * dimension);
    for (int entry = count; entry < settings.size(); entry++) {
      NearbyCopy.write(points, entries, entry, dimension, random);
    }
    for (int i = 0; i < ITERATIONS && settings.size() < count; i++) {
      move(entries, points, dimension);
      if (settings.l2Norm()) {
        normalize(entries, dimension);
      }
    }
    return entries;
  }

  private static void normalize(float[] rows, int dimension) {
    for (int from = 0; from < rows.length; from += dimension) {
      double square = 0;
      for (int i = from; i < from + dimension; i++) {
        square += (double) rows[i] * rows[i];
      }
      double length = Math.sqrt(Math.max(square, Float.MIN_NORMAL));
      for (int i = from; i < from + dimension; i++) {
        rows[i] = (float) (rows[i] / length);
      }
    }
  }

  /** The first of the rows in a random order, at most so many. */
  private static float[] drawn(float[] rows, int dimension, long most, RandomGenerator random) {
    int[] order = RandomOrder.of(rows.length / dimension, random);
    float[] drawn = new float[(int) Math.min(order.length, most) * dimension];
    for (int at = 0; at < drawn.length; at += dimension) {
      System.arraycopy(rows, order[at / dimension] * dimension, drawn, at, dimension);
    }
    return drawn;
  }

  /** Moves every entry to the mean of the points nearest to it; one without points stays. */
  private static void move(float[] entries, float[] points, int dimension) {
    int[] nearest;
    try (INDArray vectors =
            Nd4j.createFromArray(points).reshape(points.length / dimension, dimension);
        INDArray codebook =
            Nd4j.createFromArray(entries).reshape(entries.length / dimension, dimension)) {
      nearest = CodebookSearch.nearest(vectors, codebook);
    }
    double[] sums = new double[entries.length];
    int[] counts = new int[entries.length / dimension];
    for (int n = 0; n < nearest.length; n++) {
      counts[nearest[n]]++;
      for (int i = 0; i < dimension; i++) {
        sums[nearest[n] * dimension + i] += points[n * dimension + i];
      }
    }
    for (int i = 0; i < entries.length; i++) {
      int count = counts[i / dimension];
      entries[i] = count == 0 ? entries[i] : (float) (sums[i] / count);
    }
  }
}
