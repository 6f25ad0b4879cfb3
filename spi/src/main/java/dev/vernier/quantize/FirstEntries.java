package dev.vernier.quantize;

import dev.vernier.engine.search.CodebookSearch;
import dev.vernier.engine.search.DistinctRows;
import dev.vernier.spi.RandomOrder;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first entries of a codebook: k-means (Lloyd 1982) of encodings, from as many distinct ones of
 * them, so many batches as these take. Where the training images have fewer to give, each is an
 * entry, and the rest are encodings repeated a little apart.
 */
final class FirstEntries {
  private static final Logger LOG = LoggerFactory.getLogger(FirstEntries.class);
  private static final int ITERATIONS = 8;
  private static final int POINTS_AN_ENTRY = 64;

  private final VqSettings settings;
  private final SeenEncodings seen = new SeenEncodings();

  /** Of no encodings as yet. */
  FirstEntries(VqSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes up the encodings of a batch.
   *
   * @param encodings {@code [N, d]}; changed
   */
  void see(float[] encodings) {
    if (settings.l2Norm()) {
      UnitRows.normalize(encodings, settings.dimension());
    }
    seen.add(encodings);
  }

  /** Whether a further batch is wanted, the training's own first one not counted. */
  boolean wantsMore() {
    return seen.tooFew() || seen.distinct(settings.dimension()) < settings.size();
  }

  /**
   * Entries from what was seen, which is forgotten.
   *
   * @return {@code [K, d]}
   */
  float[] take(RandomGenerator random) {
    int dimension = settings.dimension();
    float[] encodings = seen.take();
    int[] order = RandomOrder.of(encodings.length / dimension, random);
    float[] entries = new float[settings.size() * dimension];
    int given = DistinctRows.copy(encodings, dimension, order, entries);
    NearbyCopy.fill(encodings, entries, given, dimension, random);
    if (given < settings.size()) {
      LOG.warn(
          "the training images give {} distinct encodings for {} codebook entries: the rest begin"
              + " as copies, a little apart",
          given,
          settings.size());
      normalize(entries);
    } else if (given < order.length) {
      float[] points = first(encodings, order, (long) POINTS_AN_ENTRY * settings.size());
      for (int i = 0; i < ITERATIONS; i++) {
        move(entries, points, dimension);
        normalize(entries);
      }
    }
    return entries;
  }

  private void normalize(float[] entries) {
    if (settings.l2Norm()) {
      UnitRows.normalize(entries, settings.dimension());
    }
  }

  /** The first of the rows in an order, at most so many. */
  private float[] first(float[] rows, int[] order, long most) {
    int dimension = settings.dimension();
    float[] first = new float[(int) Math.min(order.length, most) * dimension];
    for (int at = 0; at < first.length; at += dimension) {
      System.arraycopy(rows, order[at / dimension] * dimension, first, at, dimension);
    }
    return first;
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
