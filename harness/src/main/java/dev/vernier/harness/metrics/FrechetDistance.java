package dev.vernier.harness.metrics;

import java.util.Arrays;

/**
 * The Frechet distance of two Gaussians fitted to features (Heusel et al. 2017), in the symmetric
 * form, which needs no small number added and has no imaginary part.
 *
 * <p>With S1 = LL' (L the Cholesky factor, permuted), the eigenvalues of L'S2L are those of S1 S2
 * and of sqrt(S1) S2 sqrt(S1), so no eigenvectors are needed. When the first set has fewer samples
 * than dimensions, L has fewer columns, and the matrix shrinks with it.
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
    if (!Double.isFinite(sum)) {
      throw new ArithmeticException(
          "the features hold values that are not finite numbers, so they have no distance");
    }
    // The set of fewer samples is the one of lower rank, which leaves no eigenvalues of mere noise.
    double root =
        a.samples() <= b.samples()
            ? traceOfRoot(a.covariance(), b.covariance(), d)
            : traceOfRoot(b.covariance(), a.covariance(), d);
    return Math.max(0, sum - 2 * root);
  }

  /**
   * The sum of the roots of the eigenvalues of the product of two covariances. Negative ones, which
   * only rounding makes, count as 0.
   */
  private static double traceOfRoot(double[] first, double[] second, int d) {
    PivotedCholesky factor = PivotedCholesky.of(first, d);
    int[] order = factor.order();
    Rows permuted =
        (row, column, into) -> {
          for (int j = 0; j < into.length; j++) {
            into[j] = second[order[row] * d + order[column + j]];
          }
        };
    Rows lower = Rows.lowerTriangular(factor.factorRows());
    int rank = factor.rank();
    Rows half = Rows.of(TransposedProduct.of(permuted, d, lower, rank, d));
    double[][] middle = TransposedProduct.symmetric(lower, half, rank, d);
    return Arrays.stream(Tridiagonal.eigenvalues(middle))
        .map(each -> Math.sqrt(Math.max(0, each)))
        .sum();
  }
}
