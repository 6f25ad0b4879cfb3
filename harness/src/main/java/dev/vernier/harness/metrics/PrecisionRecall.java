package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Improved precision and recall (Kynkaanniemi et al. 2019): the share of one set's features within
 * the nearest-neighbour balls of the other's.
 *
 * @param precision share of the generated images that lie in the real manifold
 * @param recall share of the real images that lie in the generated manifold
 */
public record PrecisionRecall(double precision, double recall) {
  /** The usual number of neighbours. */
  public static final int NEIGHBOURS = 3;

  /** Compares; distances in double. */
  public static PrecisionRecall of(FeatureMatrix real, FeatureMatrix generated, int neighbours) {
    return new PrecisionRecall(
        share(within(generated, real, squaredRadii(real, neighbours))),
        share(within(real, generated, squaredRadii(generated, neighbours))));
  }

  /** The squared distance of each row to its k-th nearest other row. */
  public static double[] squaredRadii(FeatureMatrix features, int neighbours) {
    return IntStream.range(0, features.rows())
        .parallel()
        .mapToDouble(
            i -> {
              double[] nearest = new double[neighbours];
              Arrays.fill(nearest, Double.POSITIVE_INFINITY);
              for (int j = 0; j < features.rows(); j++) {
                if (j != i) {
                  insert(nearest, Distances.squared(features, i, features, j));
                }
              }
              return nearest[neighbours - 1];
            })
        .toArray();
  }

  private static void insert(double[] sorted, double value) {
    int at = sorted.length - 1;
    if (value >= sorted[at]) {
      return;
    }
    while (at > 0 && sorted[at - 1] > value) {
      sorted[at] = sorted[at - 1];
      at--;
    }
    sorted[at] = value;
  }

  /** Whether each row lies in the ball of any row of the other set. */
  public static boolean[] within(FeatureMatrix rows, FeatureMatrix centres, double[] squaredRadii) {
    boolean[] inside = new boolean[rows.rows()];
    IntStream.range(0, rows.rows())
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < centres.rows() && !inside[i]; j++) {
                inside[i] = Distances.squared(rows, i, centres, j) <= squaredRadii[j];
              }
            });
    return inside;
  }

  private static double share(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return (double) count / flags.length;
  }
}
