package dev.vernier.engine.search;

import java.util.Arrays;

/** Those rows of a matrix that differ from each other. */
public final class DistinctRows {
  private static final int NONE = -1;

  private final float[] rows;
  private final int dimension;
  private final int[] table;

  /**
   * None as yet.
   *
   * @param rows {@code [N, dimension]}; a row must not change once it was added
   */
  public DistinctRows(float[] rows, int dimension) {
    this.rows = rows;
    this.dimension = dimension;
    // At most half full, so that runs of taken places stay short.
    this.table = new int[Math.max(2, Integer.highestOneBit(rows.length / dimension) << 2)];
    Arrays.fill(table, NONE);
  }

  /** Adds a row unless an equal one is there already; whether it was added. */
  public boolean add(int row) {
    int place = hash(row) & (table.length - 1);
    while (table[place] != NONE) {
      if (equal(table[place], row)) {
        return false;
      }
      place = (place + 1) & (table.length - 1);
    }
    table[place] = row;
    return true;
  }

  private int hash(int row) {
    int hash = 1;
    for (int i = row * dimension; i < (row + 1) * dimension; i++) {
      hash = 31 * hash + Float.floatToIntBits(rows[i]);
    }
    // The low bits of floats hardly vary; the high bits of the product depend on all.
    return (hash * 0x9E3779B1) >>> 8;
  }

  private boolean equal(int one, int other) {
    return Arrays.equals(
        rows,
        one * dimension,
        (one + 1) * dimension,
        rows,
        other * dimension,
        (other + 1) * dimension);
  }
}
