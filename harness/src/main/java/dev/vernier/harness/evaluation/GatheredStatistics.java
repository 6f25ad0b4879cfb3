package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import java.util.Arrays;
import java.util.Optional;

/** Statistics of features that are too many to be kept, gathered part by part. */
final class GatheredStatistics {
  /** Images whose features are kept at once. */
  private static final int PART = 4096;

  private final int columns;
  private final float[] part;
  private int rows;
  private FeatureStatistics before;

  /** Of all, until more are added. */
  private FeatureStatistics result;

  /**
   * Of no images yet.
   *
   * @param capacity how many there will be at most
   */
  GatheredStatistics(int columns, int capacity) {
    this.columns = columns;
    this.part = new float[Math.multiplyExact(Math.min(PART, capacity), columns)];
  }

  /** Adds rows, row by row. */
  void add(float[] values) {
    result = null;
    for (int from = 0; from < values.length; from += columns) {
      if ((rows + 1) * columns > part.length) {
        before = computed();
        rows = 0;
      }
      System.arraycopy(values, from, part, rows * columns, columns);
      rows++;
    }
  }

  private FeatureStatistics all() {
    if (result == null) {
      result = computed();
    }
    return result;
  }

  private FeatureStatistics computed() {
    if (before == null) {
      return FeatureStatistics.of(features());
    }
    return rows == 0 ? before : before.and(rows == 1 ? ofOne() : FeatureStatistics.of(features()));
  }

  private FeatureMatrix features() {
    return new FeatureMatrix(Arrays.copyOf(part, rows * columns), rows, columns);
  }

  private FeatureStatistics ofOne() {
    double[] mean = new double[columns];
    for (int i = 0; i < columns; i++) {
      mean[i] = part[i];
    }
    return new FeatureStatistics(mean, new double[columns * columns], 1);
  }

  /** The statistics of all that was added, if those are two images at least. */
  static Optional<FeatureStatistics> of(GatheredStatistics gathered) {
    return Optional.ofNullable(gathered)
        .filter(each -> each.before != null || each.rows > 1)
        .map(GatheredStatistics::all);
  }
}
