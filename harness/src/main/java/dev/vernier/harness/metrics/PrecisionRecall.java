package dev.vernier.harness.metrics;

import java.util.Arrays;

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

  /**
   * Compares two sets; distances in double.
   *
   * @param neighbours k; the image itself does not count
   * @throws IllegalArgumentException if a set has no more than k images
   */
  public static PrecisionRecall of(FeatureMatrix real, FeatureMatrix generated, int neighbours) {
    return new PrecisionRecall(
        share(within(generated, real, squaredRadii(real, neighbours))),
        share(within(real, generated, squaredRadii(generated, neighbours))));
  }

  /** The squared distance of each row to its k-th nearest other row. */
  public static double[] squaredRadii(FeatureMatrix features, int neighbours) {
    if (features.rows() <= neighbours) {
      throw new IllegalArgumentException(
          features.rows() + " images are too few for " + neighbours + " neighbours");
    }
    double[][] nearest = new double[features.rows()][neighbours];
    for (double[] each : nearest) {
      Arrays.fill(each, Double.POSITIVE_INFINITY);
    }
    FeatureColumns columns = FeatureColumns.of(features);
    new SquaredDistances(columns, columns)
        .forEach(
            (row, other, squared) -> {
              if (row != other) {
                insert(nearest[row], squared);
              }
            });
    return Arrays.stream(nearest).mapToDouble(each -> each[neighbours - 1]).toArray();
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
    new SquaredDistances(FeatureColumns.of(rows), FeatureColumns.of(centres))
        .forEach((row, centre, squared) -> inside[row] |= squared <= squaredRadii[centre]);
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
