package dev.vernier.harness.metrics;

import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The kernel distance KID (Binkowski et al. 2018): the unbiased squared maximum mean discrepancy
 * under the kernel (x.y / d + 1)^3, which may fall slightly below 0.
 *
 * @param mean over the subsets
 * @param deviation population standard deviation over the subsets, which overlap: no interval
 */
public record KernelDistance(double mean, double deviation) {
  /**
   * Over random subsets without replacement, drawn as torch-fidelity draws them.
   *
   * @throws IllegalArgumentException if a subset is larger than a set
   */
  public static KernelDistance subsets(
      FeatureMatrix a, FeatureMatrix b, int subsets, int size, int seed) {
    if (size > Math.min(a.rows(), b.rows())) {
      throw new IllegalArgumentException(
          "subsets of " + size + " need as many images, there are " + a.rows() + ", " + b.rows());
    }
    NumpyRandomState random = new NumpyRandomState(seed);
    int[][] first = new int[subsets][];
    int[][] second = new int[subsets][];
    for (int i = 0; i < subsets; i++) {
      first[i] = random.choice(a.rows(), size);
      second[i] = random.choice(b.rows(), size);
    }
    double[] values =
        IntStream.range(0, subsets)
            .parallel()
            .mapToDouble(i -> discrepancy(a, first[i], b, second[i]))
            .toArray();
    return new KernelDistance(
        StatUtils.mean(values), Math.sqrt(StatUtils.populationVariance(values)));
  }

  /** Over all images at once. */
  public static double full(FeatureMatrix a, FeatureMatrix b) {
    return discrepancy(
        a, IntStream.range(0, a.rows()).toArray(), b, IntStream.range(0, b.rows()).toArray());
  }

  private static double discrepancy(FeatureMatrix a, int[] i, FeatureMatrix b, int[] j) {
    double m = i.length;
    double n = j.length;
    return kernels(a, i, a, i, true) / (m * (m - 1))
        + kernels(b, j, b, j, true) / (n * (n - 1))
        - 2 * kernels(a, i, b, j, false) / (m * n);
  }

  private static double kernels(
      FeatureMatrix a, int[] rows, FeatureMatrix b, int[] others, boolean withoutDiagonal) {
    double[] sums =
        IntStream.range(0, rows.length)
            .parallel()
            .mapToDouble(
                r -> {
                  double sum = 0;
                  for (int o = 0; o < others.length; o++) {
                    if (!withoutDiagonal || o != r) {
                      double base = Distances.dot(a, rows[r], b, others[o]) / a.columns() + 1;
                      sum += base * base * base;
                    }
                  }
                  return sum;
                })
            .toArray();
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }
}
