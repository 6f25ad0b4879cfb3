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
  private static final int TILE = 64;
  private static final int ROWS = 256;

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
  static FeatureStatistics of(FeatureMatrix features, int[] counts) {
    int samples = Arrays.stream(counts).sum();
    if (samples < 2) {
      throw new IllegalArgumentException("a covariance needs at least 2 samples, not " + samples);
    }
    double[] mean = mean(features, counts, samples);
    return new FeatureStatistics(mean, covariance(features, counts, mean, samples), samples);
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
    int tiles = (d + TILE - 1) / TILE;
    double[] covariance = new double[d * d];
    // Each tile is one task with its rows in order, so threads cannot change the sums.
    IntStream.range(0, tiles * tiles)
        .filter(tile -> tile / tiles >= tile % tiles)
        .parallel()
        .forEach(
            tile ->
                tile(features, counts, mean, covariance, tile / tiles * TILE, tile % tiles * TILE));
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double value = covariance[i * d + j] / (samples - 1);
        covariance[i * d + j] = value;
        covariance[j * d + i] = value;
      }
    }
    return covariance;
  }

  /** Adds up the products of one block of the lower triangle. */
  private static void tile(
      FeatureMatrix features, int[] counts, double[] mean, double[] sums, int top, int left) {
    int d = features.columns();
    int height = Math.min(TILE, d - top);
    int width = Math.min(TILE, d - left);
    double[] block = new double[height * width];
    double[] a = new double[height * ROWS];
    double[] b = new double[ROWS * width];
    for (int from = 0; from < features.rows(); from += ROWS) {
      int rows = Math.min(ROWS, features.rows() - from);
      for (int r = 0; r < rows; r++) {
        int at = (from + r) * d;
        for (int i = 0; i < height; i++) {
          a[i * ROWS + r] = counts[from + r] * (features.values()[at + top + i] - mean[top + i]);
        }
        for (int j = 0; j < width; j++) {
          b[r * width + j] = features.values()[at + left + j] - mean[left + j];
        }
      }
      multiply(a, b, block, height, width, rows);
    }
    for (int i = 0; i < height; i++) {
      System.arraycopy(block, i * width, sums, (top + i) * d + left, width);
    }
  }

  private static void multiply(
      double[] a, double[] b, double[] block, int height, int width, int rows) {
    for (int i = 0; i < height; i++) {
      int r = 0;
      for (; r + 3 < rows; r += 4) {
        double a0 = a[i * ROWS + r];
        double a1 = a[i * ROWS + r + 1];
        double a2 = a[i * ROWS + r + 2];
        double a3 = a[i * ROWS + r + 3];
        int at = r * width;
        for (int j = 0; j < width; j++) {
          block[i * width + j] +=
              a0 * b[at + j]
                  + a1 * b[at + width + j]
                  + (a2 * b[at + 2 * width + j] + a3 * b[at + 3 * width + j]);
        }
      }
      for (; r < rows; r++) {
        double value = a[i * ROWS + r];
        for (int j = 0; j < width; j++) {
          block[i * width + j] += value * b[r * width + j];
        }
      }
    }
  }
}
