package dev.vernier.harness.metrics;

import java.util.Arrays;
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

  /**
   * Between all of a set and parts of another, at the cost of one such distance: each kernel counts
   * for all parts that hold its images.
   *
   * @param parts numbers of images of the second set, at most 31 parts
   * @return a distance a part
   */
  static double[] ofParts(FeatureMatrix a, FeatureMatrix b, int[][] parts) {
    FeatureColumns first = FeatureColumns.of(a);
    FeatureColumns second = FeatureColumns.of(b);
    int[] memberships = new int[b.rows()];
    for (int part = 0; part < parts.length; part++) {
      for (int image : parts[part]) {
        memberships[image] |= 1 << part;
      }
    }
    int[] everywhere = new int[a.rows()];
    Arrays.fill(everywhere, (1 << parts.length) - 1);
    double withinFirst = kernels(first, first, true);
    double[] within = kernels(second, memberships, second, memberships, true, parts.length);
    double[] between = kernels(first, everywhere, second, memberships, false, parts.length);
    double m = a.rows();
    double[] distances = new double[parts.length];
    for (int part = 0; part < parts.length; part++) {
      double n = parts[part].length;
      distances[part] =
          2 * withinFirst / (m * (m - 1))
              + 2 * within[part] / (n * (n - 1))
              - 2 * between[part] / (m * n);
    }
    return distances;
  }

  /** The sum of the kernel over the pairs of each part. */
  private static double[] kernels(
      FeatureColumns a, int[] ofA, FeatureColumns b, int[] ofB, boolean within, int parts) {
    double[][] rows = new double[a.images()][parts];
    a.forEachProduct(
        0,
        a.images(),
        b,
        0,
        b.images(),
        (i, j, product) -> {
          int common = within && j <= i ? 0 : ofA[i] & ofB[j];
          double kernel = kernel(product, a.dimension());
          for (; common != 0; common &= common - 1) {
            rows[i][Integer.numberOfTrailingZeros(common)] += kernel;
          }
        });
    double[] sums = new double[parts];
    for (double[] row : rows) {
      for (int part = 0; part < parts; part++) {
        sums[part] += row[part];
      }
    }
    return sums;
  }

  private static double kernel(double product, int dimension) {
    double base = product / dimension + 1;
    return base * base * base;
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
          sum += kernel(products[i][j], a.dimension());
        }
      }
    }
    return sum;
  }
}
