package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * NumPy's legacy generator {@code RandomState}, as far as published metrics draw from it: the same
 * seed gives the same permutations.
 */
public final class NumpyRandomState {
  private final MersenneTwister twister;

  /**
   * A generator seeded as {@code RandomState(seed)}.
   *
   * @throws IllegalArgumentException if the seed is negative, which NumPy refuses too
   */
  public NumpyRandomState(int seed) {
    if (seed < 0) {
      throw new IllegalArgumentException("a NumPy seed lies in 0..2147483647, " + seed + " not");
    }
    twister = new MersenneTwister(seed);
  }

  /** The next raw output, 0 to 2^32 - 1. */
  public long next() {
    return twister.nextInt() & 0xffffffffL;
  }

  /** {@code permutation(n)}. */
  public int[] permutation(int n) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int other = upTo(i);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
    return order;
  }

  /**
   * {@code choice(n, m, replace=False)}.
   *
   * @throws IllegalArgumentException if m is larger than n
   */
  public int[] choice(int n, int m) {
    if (m > n) {
      throw new IllegalArgumentException(
          "cannot choose " + m + " of " + n + " without replacement");
    }
    return Arrays.copyOf(permutation(n), m);
  }

  private int upTo(int largest) {
    long mask = Long.highestOneBit(largest) * 2 - 1;
    long drawn;
    do {
      drawn = next() & mask;
    } while (drawn > largest);
    return (int) drawn;
  }
}
