package dev.vernier.harness.metrics;

import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The Inception score (Salimans et al. 2016): exp of the mean divergence of an image's class
 * probabilities from those of all images, over splits.
 *
 * @param mean over the splits
 * @param deviation population standard deviation over the splits
 */
public record InceptionScore(double mean, double deviation) {
  /**
   * As torch-fidelity computes it: images shuffled by NumPy's legacy generator, then cut into equal
   * splits.
   *
   * @param logits unnormalised class scores
   * @throws IllegalArgumentException if there are fewer images than splits
   */
  public static InceptionScore shuffled(FeatureMatrix logits, int splits, int seed) {
    return of(logits, new NumpyRandomState(seed).permutation(logits.rows()), splits);
  }

  /** Equal splits of the images in their order. */
  public static InceptionScore ordered(FeatureMatrix logits, int splits) {
    return of(logits, IntStream.range(0, logits.rows()).toArray(), splits);
  }

  /**
   * As the ADM suite computes it: chunks of consecutive images, the last one shorter and counting
   * fully.
   *
   * @param order the rows in the order in which they are consecutive
   */
  public static InceptionScore chunks(FeatureMatrix logits, int[] order, int chunk) {
    int count = (logits.rows() + chunk - 1) / chunk;
    return summary(
        IntStream.range(0, count)
            .mapToDouble(
                i -> score(logits, order, i * chunk, Math.min(logits.rows(), (i + 1) * chunk)))
            .toArray());
  }

  private static InceptionScore of(FeatureMatrix logits, int[] order, int splits) {
    long rows = logits.rows();
    if (splits < 1 || splits > rows) {
      throw new IllegalArgumentException(rows + " images cannot make " + splits + " splits");
    }
    return summary(
        IntStream.range(0, splits)
            .parallel()
            .mapToDouble(
                i ->
                    score(
                        logits, order, (int) (i * rows / splits), (int) ((i + 1) * rows / splits)))
            .toArray());
  }

  private static InceptionScore summary(double[] scores) {
    return new InceptionScore(
        StatUtils.mean(scores), Math.sqrt(StatUtils.populationVariance(scores)));
  }

  private static double score(FeatureMatrix logits, int[] order, int from, int to) {
    int classes = logits.columns();
    // Of each class, and behind them the negative entropy.
    double[] sums = new double[classes + 1];
    double[] log = new double[classes];
    for (int n = from; n < to; n++) {
      logSoftmax(logits, order[n], log);
      for (int c = 0; c < classes; c++) {
        double p = Math.exp(log[c]);
        sums[c] += p;
        sums[classes] += p * log[c];
      }
    }
    return ofSums(sums, to - from);
  }

  /**
   * The score of one split.
   *
   * @param sums over its images: of the probability of each class, and behind them of the negative
   *     entropy of an image's probabilities
   */
  static double ofSums(double[] sums, double count) {
    int classes = sums.length - 1;
    double divergence = sums[classes] / count;
    for (int c = 0; c < classes; c++) {
      double p = sums[c] / count;
      divergence -= p > 0 ? p * Math.log(p) : 0;
    }
    return Math.exp(divergence);
  }

  /**
   * Writes the logarithms of an image's class probabilities.
   *
   * @param log takes one a class
   */
  static void logSoftmax(FeatureMatrix logits, int row, double[] log) {
    int classes = log.length;
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      log[c] = logits.values()[row * classes + c];
      largest = Math.max(largest, log[c]);
    }
    double sum = 0;
    for (double each : log) {
      sum += Math.exp(each - largest);
    }
    double shift = largest + Math.log(sum);
    for (int c = 0; c < classes; c++) {
      log[c] -= shift;
    }
  }
}
