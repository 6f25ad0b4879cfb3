package dev.vernier.harness.metrics;

/**
 * The Frechet distance of two Gaussians fitted to features (Heusel et al. 2017), in the symmetric
 * form, which needs no small number added and has no imaginary part.
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /** The squared distance of the means plus the distance of the covariances; never negative. */
  public static double between(FeatureStatistics a, FeatureStatistics b) {
    int d = a.mean().length;
    if (b.mean().length != d) {
      throw new IllegalArgumentException(
          "features of " + d + " and of " + b.mean().length + " dimensions cannot be compared");
    }
    double sum = 0;
    for (int i = 0; i < d; i++) {
      double difference = a.mean()[i] - b.mean()[i];
      sum += difference * difference;
    }
    for (int i = 0; i < d; i++) {
      sum += a.covariance()[i * d + i] + b.covariance()[i * d + i];
    }
    double root = SymmetricMatrix.traceOfRoot(a.covariance(), b.covariance(), d);
    return Math.max(0, sum - 2 * root);
  }
}
