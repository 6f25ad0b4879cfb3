package dev.vernier.harness.embedding;

/**
 * How near points are to each other, as probabilities of pairs that sum to 1 (van der Maaten and
 * Hinton 2008). Around each point stands a Gaussian whose width gives its neighbours the perplexity
 * asked for; the probabilities of both directions are averaged.
 */
final class Affinities {
  private static final int BISECTIONS = 100;
  private static final double TOLERANCE = 1e-5;

  private Affinities() {}

  /**
   * The affinities of points.
   *
   * @param points {@code [n, dimension]}, row-major
   * @param perplexity how many neighbours count, about; less than n
   * @return those of pairs i before j, in {@link Pairs}' order; together they sum to 1/2
   */
  static double[] of(float[] points, int n, double perplexity) {
    double[] squared = squaredDistances(points, n);
    double[] joint = new double[Pairs.count(n)];
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      conditional(squared, i, n, perplexity, row);
      for (int j = 0; j < n; j++) {
        if (j != i) {
          joint[Pairs.index(i, j)] += row[j];
        }
      }
    }
    for (int at = 0; at < joint.length; at++) {
      joint[at] = Math.max(joint[at] / (2.0 * n), Math.ulp(1.0));
    }
    return joint;
  }

  private static double[] squaredDistances(float[] points, int n) {
    int dimension = points.length / n;
    double[] squared = new double[Pairs.count(n)];
    for (int j = 1; j < n; j++) {
      for (int i = 0; i < j; i++) {
        double sum = 0;
        for (int k = 0; k < dimension; k++) {
          double difference = points[i * dimension + k] - points[j * dimension + k];
          sum += difference * difference;
        }
        squared[Pairs.index(i, j)] = sum;
      }
    }
    return squared;
  }

  /** The probabilities of all neighbours of a point, which sum to 1. */
  private static void conditional(
      double[] squared, int point, int n, double perplexity, double[] into) {
    double wanted = Math.log(perplexity);
    double precision = 1;
    double least = 0;
    double most = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < BISECTIONS; attempt++) {
      double excess = entropy(squared, point, n, precision, into) - wanted;
      if (Math.abs(excess) <= TOLERANCE) {
        return;
      }
      if (excess > 0) {
        least = precision;
        precision = most == Double.POSITIVE_INFINITY ? 2 * precision : (least + most) / 2;
      } else {
        most = precision;
        precision = (least + most) / 2;
      }
    }
  }

  /** Fills in the probabilities at a precision; their entropy in nats. */
  private static double entropy(
      double[] squared, int point, int n, double precision, double[] into) {
    // From the nearest one on, lest all weights of a far point vanish.
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      if (j != point) {
        nearest = Math.min(nearest, squared[Pairs.index(point, j)]);
      }
    }
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < n; j++) {
      if (j == point) {
        into[j] = 0;
        continue;
      }
      double beyond = squared[Pairs.index(point, j)] - nearest;
      into[j] = Math.exp(-beyond * precision);
      sum += into[j];
      weighted += beyond * into[j];
    }
    for (int j = 0; j < n; j++) {
      into[j] /= sum;
    }
    return Math.log(sum) + precision * weighted / sum;
  }
}
