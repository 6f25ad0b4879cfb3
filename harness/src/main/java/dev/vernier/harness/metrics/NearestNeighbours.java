package dev.vernier.harness.metrics;

import java.util.Arrays;

/** How far the nearest neighbours of features are, and what lies within that distance. */
public final class NearestNeighbours {
  private NearestNeighbours() {}

  /**
   * The squared distance of each row to its k-th nearest other row, in double.
   *
   * @throws IllegalArgumentException if there are no more than k rows
   */
  public static double[] squaredRadii(FeatureMatrix features, int neighbours) {
    return squaredRadii(new SquaredDistances(features, features), features.rows(), neighbours);
  }

  /** Of distances within one set; the row itself is the nearest, or one of them. */
  static double[] squaredRadii(Distances within, int rows, int neighbours) {
    if (rows <= neighbours) {
      throw new IllegalArgumentException(
          rows + " images are too few for " + neighbours + " neighbours");
    }
    double[][] nearest = new double[rows][neighbours + 1];
    for (double[] each : nearest) {
      Arrays.fill(each, Double.POSITIVE_INFINITY);
    }
    within.forEach((row, other, squared) -> insert(nearest[row], squared));
    return Arrays.stream(nearest).mapToDouble(each -> each[neighbours]).toArray();
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
    new SquaredDistances(rows, centres)
        .forEach((row, centre, squared) -> inside[row] |= squared <= squaredRadii[centre]);
    return inside;
  }

  /** The share of flags that are set. */
  static double share(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return (double) count / flags.length;
  }
}
