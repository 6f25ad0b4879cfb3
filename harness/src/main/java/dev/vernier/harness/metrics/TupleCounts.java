package dev.vernier.harness.metrics;

import java.util.Arrays;

/**
 * How often each tuple of integers occurred: an open-addressing table without an object a key, for
 * a validation set has millions of them.
 */
final class TupleCounts {
  private static final int INITIAL = 1 << 10;

  private final int width;
  private int[] tuples;
  private long[] counts;
  private int distinct;

  TupleCounts(int width) {
    this.width = width;
    this.tuples = new int[INITIAL * width];
    this.counts = new long[INITIAL];
  }

  void add(int[] tuple) {
    int slot = slot(tuple, 0);
    if (counts[slot]++ == 0) {
      System.arraycopy(tuple, 0, tuples, slot * width, width);
      distinct++;
      if (2 * distinct > counts.length) {
        grow();
      }
    }
  }

  /** The counts of the tuples that occurred, ascending: no order of the tokens changes it. */
  long[] ascending() {
    return Arrays.stream(counts).filter(count -> count > 0).sorted().toArray();
  }

  /** Where a tuple is, or the free place where it belongs. */
  private int slot(int[] from, int offset) {
    int hash = 0;
    for (int i = 0; i < width; i++) {
      hash = (hash ^ from[offset + i]) * 0x9E3779B1;
      hash ^= hash >>> 15;
    }
    int slot = hash & (counts.length - 1);
    while (counts[slot] > 0
        && !Arrays.equals(tuples, slot * width, (slot + 1) * width, from, offset, offset + width)) {
      slot = (slot + 1) & (counts.length - 1);
    }
    return slot;
  }

  private void grow() {
    int[] oldTuples = tuples;
    long[] oldCounts = counts;
    tuples = new int[2 * oldTuples.length];
    counts = new long[2 * oldCounts.length];
    for (int i = 0; i < oldCounts.length; i++) {
      if (oldCounts[i] > 0) {
        int slot = slot(oldTuples, i * width);
        System.arraycopy(oldTuples, i * width, tuples, slot * width, width);
        counts[slot] = oldCounts[i];
      }
    }
  }
}
