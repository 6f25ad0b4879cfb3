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

  /**
   * Copies the first rows in an order that differ from each other, as many as there is room for.
   *
   * @param rows {@code [N, dimension]}
   * @param target {@code [K, dimension]}
   * @return how many there were
   */
  public static int copy(float[] rows, int dimension, int[] order, float[] target) {
    int wanted = target.length / dimension;
    DistinctRows distinct = new DistinctRows(rows, dimension);
    int count = 0;
    for (int i = 0; i < order.length && count < wanted; i++) {
      if (distinct.add(order[i])) {
        System.arraycopy(rows, order[i] * dimension, target, count * dimension, dimension);
        count++;
      }
    }
    return count;
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
