package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Inception scores of resampled images, drawn as those of the Frechet distances are. A resample is
 * a set of as many images, in the order of the whole set, and is split as that is: shuffled or not.
 * The probabilities of an image are computed once and added to every resample that it is in, some
 * images at a time, so that they need not be kept.
 */
public final class InceptionScoreResamples {
  private static final int BLOCK = 64;

  private final FeatureMatrix logits;

  /** The rows in the order in which a resample has them. */
  private final int[] order;

  /** The split of each place of a resample. */
  private final int[] splits;

  /** How many images each split has. */
  private final int[] sizes;

  private InceptionScoreResamples(FeatureMatrix logits, int[] order, int[] splits) {
    this.logits = logits;
    this.order = order;
    this.splits = splits;
    this.sizes = new int[Arrays.stream(splits).max().orElse(-1) + 1];
    for (int split : splits) {
      sizes[split]++;
    }
  }

  /**
   * What {@link InceptionScore#shuffled} gives of resampled images.
   *
   * @param count how many resamples
   * @param drawSeed where their draws start
   */
  public static double[] shuffled(
      FeatureMatrix logits, int splits, int seed, int count, long drawSeed) {
    int rows = logits.rows();
    int[] shuffle = new NumpyRandomState(seed).permutation(rows);
    int[] of = new int[rows];
    for (int split = 0; split < splits; split++) {
      int end = (int) ((split + 1L) * rows / splits);
      for (int place = (int) ((long) split * rows / splits); place < end; place++) {
        of[shuffle[place]] = split;
      }
    }
    int[] order = IntStream.range(0, rows).toArray();
    return new InceptionScoreResamples(logits, order, of).means(count, drawSeed);
  }

  /**
   * What {@link InceptionScore#chunks} gives of resampled images.
   *
   * @param order the rows in the order in which they are consecutive
   * @param count how many resamples
   * @param drawSeed where their draws start
   */
  public static double[] chunks(
      FeatureMatrix logits, int[] order, int chunk, int count, long drawSeed) {
    int[] of = IntStream.range(0, logits.rows()).map(place -> place / chunk).toArray();
    return new InceptionScoreResamples(logits, order, of).means(count, drawSeed);
  }

  private double[] means(int count, long drawSeed) {
    Resample[] resamples =
        Bootstrap.draws(logits.rows(), count, drawSeed).map(Resample::new).toArray(Resample[]::new);
    for (int first = 0; first < logits.rows(); first += BLOCK) {
      double[][] some = probabilities(first, Math.min(logits.rows(), first + BLOCK));
      int from = first;
      Arrays.stream(resamples).parallel().forEach(each -> each.add(from, some));
    }
    return Arrays.stream(resamples).mapToDouble(Resample::mean).toArray();
  }

  /** The probabilities of the classes of each image, and behind them the negative entropy. */
  private double[][] probabilities(int from, int to) {
    int classes = logits.columns();
    return IntStream.range(from, to)
        .parallel()
        .mapToObj(
            place -> {
              double[] log = new double[classes];
              InceptionScore.logSoftmax(logits, order[place], log);
              double[] all = new double[classes + 1];
              for (int c = 0; c < classes; c++) {
                all[c] = Math.exp(log[c]);
                all[classes] += all[c] * log[c];
              }
              return all;
            })
        .toArray(double[][]::new);
  }

  /** The sums of a resample, split by split. */
  private final class Resample {
    private final int[] counts;
    private final double[][] sums = new double[sizes.length][logits.columns() + 1];
    private int place;

    Resample(int[] counts) {
      this.counts = counts;
    }

    void add(int first, double[][] images) {
      for (int i = 0; i < images.length; i++) {
        for (int copy = 0; copy < counts[order[first + i]]; copy++, place++) {
          double[] sum = sums[splits[place]];
          for (int c = 0; c < sum.length; c++) {
            sum[c] += images[i][c];
          }
        }
      }
    }

    double mean() {
      double mean = 0;
      for (int split = 0; split < sizes.length; split++) {
        mean += InceptionScore.ofSums(sums[split], sizes[split]) / sizes.length;
      }
      return mean;
    }
  }
}
