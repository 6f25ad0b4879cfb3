package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Mean and covariance of features.
 *
 * @param mean of each dimension
 * @param covariance row-major, divided by N - 1
 * @param samples the number N of features
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
public record FeatureStatistics(double[] mean, double[] covariance, int samples) {
  /** The statistics of all rows. */
  public static FeatureStatistics of(FeatureMatrix features) {
    int[] once = new int[features.rows()];
    Arrays.fill(once, 1);
    return of(features, once);
  }

  /**
   * The statistics where each row occurs some number of times.
   *
   * @param counts how often each row occurs
   */
  public static FeatureStatistics of(FeatureMatrix features, int[] counts) {
    int samples = Arrays.stream(counts).sum();
    if (samples < 2) {
      throw new IllegalArgumentException("a covariance needs at least 2 samples, not " + samples);
    }
    double[] mean = mean(features, counts, samples);
    return new FeatureStatistics(mean, covariance(features, counts, mean, samples), samples);
  }

  /** The statistics of both sets together (Chan, Golub and LeVeque 1983). */
  public FeatureStatistics and(FeatureStatistics other) {
    int d = mean.length;
    double n = samples;
    double m = other.samples;
    double[] all = new double[d];
    double[] difference = new double[d];
    for (int i = 0; i < d; i++) {
      difference[i] = other.mean[i] - mean[i];
      all[i] = mean[i] + difference[i] * m / (n + m);
    }
    double[] spread = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        int at = i * d + j;
        spread[at] =
            ((n - 1) * covariance[at]
                    + (m - 1) * other.covariance[at]
                    + difference[i] * difference[j] * (n * m / (n + m)))
                / (n + m - 1);
      }
    }
    return new FeatureStatistics(all, spread, samples + other.samples);
  }

  private static double[] mean(FeatureMatrix features, int[] counts, int samples) {
    int d = features.columns();
    double[] mean = new double[d];
    for (int row = 0; row < features.rows(); row++) {
      for (int i = 0; counts[row] > 0 && i < d; i++) {
        mean[i] += (double) counts[row] * features.values()[row * d + i];
      }
    }
    for (int i = 0; i < d; i++) {
      mean[i] /= samples;
    }
    return mean;
  }

  private static double[] covariance(
      FeatureMatrix features, int[] counts, double[] mean, int samples) {
    int d = features.columns();
    int[] present = IntStream.range(0, counts.length).filter(row -> counts[row] > 0).toArray();
    Rows centred =
        (row, column, into) -> {
          int at = present[row] * d + column;
          for (int j = 0; j < into.length; j++) {
            into[j] = features.values()[at + j] - mean[column + j];
          }
        };
    Rows counted =
        (row, column, into) -> {
          centred.read(row, column, into);
          for (int j = 0; j < into.length; j++) {
            into[j] *= counts[present[row]];
          }
        };
    double[][] sums = TransposedProduct.symmetric(counted, centred, d, present.length);
    double[] covariance = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        covariance[i * d + j] = sums[i][j] / (samples - 1);
      }
    }
    return covariance;
  }
}
