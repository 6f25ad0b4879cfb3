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
        overlap(a.rows() + (long) b.rows(), subsets, 2L * size)
            ? ofParts(a, first, b, second)
            : oneByOne(a, first, b, second);
    return new KernelDistance(
        StatUtils.mean(values), Math.sqrt(StatUtils.populationVariance(values)));
  }

  /** Over all images at once. */
  public static double full(FeatureMatrix a, FeatureMatrix b) {
    return discrepancy(FeatureColumns.of(a), FeatureColumns.of(b));
  }

  /** Whether subsets have more pairs of images in all than the sets do. */
  private static boolean overlap(long images, int subsets, long subset) {
    return images * images < subsets * subset * subset;
  }

  static double[] oneByOne(FeatureMatrix a, int[][] ofA, FeatureMatrix b, int[][] ofB) {
    double[] values = new double[ofA.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = discrepancy(FeatureColumns.of(a, ofA[i]), FeatureColumns.of(b, ofB[i]));
    }
    return values;
  }

  /**
   * Between parts of two sets, at the cost of one distance of the whole sets: each kernel counts
   * for all parts that hold its images.
   *
   * @param ofA numbers of images of the first set by part, each once
   * @param ofB as many parts of the second set
   * @return a distance a part
   */
  static double[] ofParts(FeatureMatrix a, int[][] ofA, FeatureMatrix b, int[][] ofB) {
    long[][] inA = memberships(a.rows(), ofA);
    long[][] inB = memberships(b.rows(), ofB);
    double[] withinFirst = kernels(a, inA, a, inA, true, ofA.length);
    double[] withinSecond = kernels(b, inB, b, inB, true, ofA.length);
    double[] between = kernels(a, inA, b, inB, false, ofA.length);
    double[] distances = new double[ofA.length];
    for (int part = 0; part < distances.length; part++) {
      double m = ofA[part].length;
      double n = ofB[part].length;
      distances[part] =
          2 * withinFirst[part] / (m * (m - 1))
              + 2 * withinSecond[part] / (n * (n - 1))
              - 2 * between[part] / (m * n);
    }
    return distances;
  }

  /** The parts that hold each image, a bit each. */
  private static long[][] memberships(int images, int[][] parts) {
    long[][] words = new long[(parts.length + Long.SIZE - 1) / Long.SIZE][images];
    for (int part = 0; part < parts.length; part++) {
      for (int image : parts[part]) {
        words[part / Long.SIZE][image] |= 1L << part;
      }
    }
    return words;
  }

  /** The sum of the kernel over the pairs of each part. */
  private static double[] kernels(
      FeatureMatrix a, long[][] inA, FeatureMatrix b, long[][] inB, boolean within, int parts) {
    double[][] rows = new double[a.rows()][parts];
    FeatureColumns.forEachProduct(
        a,
        b,
        (i, j, product) -> {
          if (within && j <= i) {
            return;
          }
          double kernel = kernel(product, a.columns());
          for (int word = 0; word < inA.length; word++) {
            int first = word * Long.SIZE;
            for (long common = inA[word][i] & inB[word][j]; common != 0; common &= common - 1) {
              rows[i][first + Long.numberOfTrailingZeros(common)] += kernel;
            }
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
