package dev.vernier.tokenizers.vq;

import dev.vernier.engine.search.CodebookSearch;
import dev.vernier.engine.search.DistinctRows;
import dev.vernier.quantize.NearbyCopy;
import dev.vernier.spi.RandomOrder;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mini-batch k-means (Sculley 2010): every centre is the running mean of the points it was nearest
 * to. Centres begin as points that differ from each other, so none is ever far from the data. Where
 * there are no more of these than centres, every point is a centre, and the rest are points
 * repeated a little apart.
 */
final class MiniBatchKMeans {
  /** Points looked at for each centre, at most; for few centres {@link #LEAST} instead. */
  private static final int POINTS_A_CENTRE = 8;

  private static final int LEAST = 1 << 16;
  private static final int PASSES = 3;
  private static final int BATCH = 4096;

  private final float[] points;
  private final int dimension;
  private final int centres;
  private final RandomGenerator random;

  private MiniBatchKMeans(float[] points, int dimension, int centres, long seed) {
    this.points = points;
    this.dimension = dimension;
    this.centres = centres;
    this.random = new SplittableRandom(seed);
  }

  /** As many points as are of use for so many centres. */
  static int usefulPoints(int centres) {
    return Math.max(POINTS_A_CENTRE * centres, LEAST);
  }

  /**
   * Clusters.
   *
   * @param points {@code [N, D]}, at least one
   * @param centres how many centres, K
   * @return {@code [K, D]}
   */
  static float[] centres(float[] points, int dimension, int centres, long seed) {
    MiniBatchKMeans clustering = new MiniBatchKMeans(points, dimension, centres, seed);
    return centres >= clustering.count() ? clustering.repeated() : clustering.clustered();
  }

  private int count() {
    return points.length / dimension;
  }

  private float[] repeated() {
    float[] result = new float[centres * dimension];
    System.arraycopy(points, 0, result, 0, points.length);
    NearbyCopy.fill(points, result, count(), dimension, random);
    return result;
  }

  private float[] clustered() {
    int[] order = RandomOrder.of(count(), random);
    float[] means = new float[centres * dimension];
    int found = DistinctRows.copy(points, dimension, order, means);
    NearbyCopy.fill(points, means, found, dimension, random);
    int[] seen = new int[centres];
    long useful = Math.min((long) PASSES * count(), (long) PASSES * usefulPoints(centres));
    long looked = 0;
    while (looked < useful) {
      RandomOrder.shuffle(order, random);
      for (int from = 0; from < order.length && looked < useful; from += BATCH) {
        int size = Math.min(BATCH, order.length - from);
        move(means, seen, rows(order, from, size));
        looked += size;
      }
    }
    return means;
  }

  private void move(float[] means, int[] seen, float[] batch) {
    int[] nearest;
    try (INDArray vectors = array(batch);
        INDArray codebook = array(means)) {
      nearest = CodebookSearch.nearest(vectors, codebook);
    }
    for (int n = 0; n < nearest.length; n++) {
      double rate = 1.0 / ++seen[nearest[n]];
      int mean = nearest[n] * dimension;
      for (int i = 0; i < dimension; i++) {
        means[mean + i] += (float) (rate * (batch[n * dimension + i] - means[mean + i]));
      }
    }
  }

  private INDArray array(float[] rows) {
    return Nd4j.createFromArray(rows).reshape(rows.length / dimension, dimension);
  }

  private float[] rows(int[] order, int from, int size) {
    float[] rows = new float[size * dimension];
    for (int n = 0; n < size; n++) {
      System.arraycopy(points, order[from + n] * dimension, rows, n * dimension, dimension);
    }
    return rows;
  }
}
