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
    double[] values = new double[subsets];
    for (int i = 0; i < subsets; i++) {
      values[i] = discrepancy(FeatureColumns.of(a, first[i]), FeatureColumns.of(b, second[i]));
    }
    return new KernelDistance(
        StatUtils.mean(values), Math.sqrt(StatUtils.populationVariance(values)));
  }

  /** Over all images at once. */
  public static double full(FeatureMatrix a, FeatureMatrix b) {
    return discrepancy(FeatureColumns.of(a), FeatureColumns.of(b));
  }

  private static double discrepancy(FeatureColumns a, FeatureColumns b) {
    double m = a.images();
    double n = b.images();
    return 2 * kernels(a, a, true) / (m * (m - 1))
        + 2 * kernels(b, b, true) / (n * (n - 1))
        - 2 * kernels(a, b, false) / (m * n);
  }

  /** The sum of the kernel over pairs; within one set, each pair of different images once. */
  private static double kernels(FeatureColumns a, FeatureColumns b, boolean within) {
    int blocks = (a.images() + TransposedProduct.HEIGHT - 1) / TransposedProduct.HEIGHT;
    double[] sums =
        IntStream.range(0, blocks)
            .parallel()
            .mapToDouble(block -> block(a, block * TransposedProduct.HEIGHT, b, within))
            .toArray();
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  private static double block(FeatureColumns a, int top, FeatureColumns b, boolean within) {
    int height = Math.min(TransposedProduct.HEIGHT, a.images() - top);
    double sum = 0;
    for (int left = within ? top : 0; left < b.images(); left += TransposedProduct.WIDTH) {
      int width = Math.min(TransposedProduct.WIDTH, b.images() - left);
      double[][] products = a.products(top, height, b, left, width);
      for (int i = 0; i < height; i++) {
        for (int j = within ? Math.max(0, top + i + 1 - left) : 0; j < width; j++) {
          double base = products[i][j] / a.dimension() + 1;
          sum += base * base * base;
        }
      }
    }
    return sum;
  }
}
