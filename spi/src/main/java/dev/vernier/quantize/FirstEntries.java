package dev.vernier.quantize;

import dev.vernier.engine.search.CodebookSearch;
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
  /** Repeated encodings are set a little apart, relative to their size, so that each can win. */
  private static final double JITTER = 0.01;

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
    shuffle(encodings, dimension, random);
    int most =
        (int) Math.min(encodings.length, (long) POINTS_AN_ENTRY * settings.size() * dimension);
    float[] points = Arrays.copyOf(encodings, most);
    int count = points.length / dimension;
    float[] entries = Arrays.copyOf(points, settings.size() * dimension);
    for (int entry = count; entry < settings.size(); entry++) {
      copy(points, entries, entry, dimension, random);
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

  private static void shuffle(float[] rows, int dimension, RandomGenerator random) {
    float[] held = new float[dimension];
    for (int row = rows.length / dimension - 1; row > 0; row--) {
      int other = random.nextInt(row + 1) * dimension;
      System.arraycopy(rows, row * dimension, held, 0, dimension);
      System.arraycopy(rows, other, rows, row * dimension, dimension);
      System.arraycopy(held, 0, rows, other, dimension);
    }
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

  /** Sets an entry to a random encoding, a little apart from it. */
  static void copy(
      float[] encodings, float[] entries, int entry, int dimension, RandomGenerator random) {
    int from = random.nextInt(encodings.length / dimension) * dimension;
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      square += (double) encodings[from + i] * encodings[from + i];
    }
    double spread = JITTER * Math.sqrt(square / dimension);
    for (int i = 0; i < dimension; i++) {
      entries[entry * dimension + i] =
          (float) (encodings[from + i] + spread * random.nextGaussian());
    }
  }
}
