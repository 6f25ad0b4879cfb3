package dev.vernier.engine.memory;

import java.util.Arrays;

/**
 * Sums of the columns of a row-major matrix, read a stretch of whole rows at a time: each number of
 * a stretch has an accumulator of its own, a lane, and lanes are added in double at the end. The
 * order is fixed, and the loops are ones that HotSpot vectorizes: over many floats, all arrays
 * beginning at 0.
 */
public final class ColumnSums {
  /** Floats in a stretch, about. */
  private static final int STRETCH = 1024;

  private ColumnSums() {}

  /**
   * What sums all rows of a matrix whenever it runs.
   *
   * @param rows as many columns wide as there are sums
   * @param sums are written
   */
  public static Runnable summing(Floats rows, Floats sums) {
    int columns = sums.length();
    float[] rounded = new float[columns];
    double[] totals = new double[columns];
    float[] lanes = new float[stretch(rows.length() / columns, columns)];
    float[] read = new float[lanes.length];
    return () -> {
      Arrays.fill(lanes, 0);
      for (int from = 0; from < rows.length(); from += lanes.length) {
        int count = Math.min(lanes.length, rows.length() - from);
        rows.read(from, read, count);
        add(read, lanes, count);
      }
      fold(lanes, totals);
      for (int c = 0; c < columns; c++) {
        rounded[c] = (float) totals[c];
      }
      sums.write(0, rounded, columns);
    };
  }

  /** Floats of a stretch: whole rows of so many columns, no more of them than there are. */
  public static int stretch(int rows, int columns) {
    return columns * Math.max(1, Math.min(rows, STRETCH / columns));
  }

  /** Adds the first numbers of a stretch to the lanes. */
  public static void add(float[] stretch, float[] lanes, int count) {
    for (int i = 0; i < count; i++) {
      lanes[i] += stretch[i];
    }
  }

  /** The sum of each column. */
  public static void fold(float[] lanes, double[] columns) {
    Arrays.fill(columns, 0);
    for (int from = 0; from < lanes.length; from += columns.length) {
      for (int c = 0; c < columns.length; c++) {
        columns[c] += lanes[from + c];
      }
    }
  }
}
