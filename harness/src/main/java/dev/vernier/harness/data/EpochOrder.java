package dev.vernier.harness.data;

import dev.vernier.spi.RandomOrder;
import dev.vernier.spi.RandomStream;
import java.util.SplittableRandom;

/**
 * The order in which training sees items: every epoch sees each of them once, in a new order. What
 * comes at a position is a function of seed and position alone, so training can go on anywhere.
 */
public final class EpochOrder {
  private final int size;
  private final long seed;
  private long orderEpoch = -1;
  private int[] order = {};

  /** An order of so many items. */
  public EpochOrder(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /** The item at a position, which is counted from 0 through all epochs. */
  public int item(long position) {
    long epoch = position / size;
    if (epoch != orderEpoch) {
      order = RandomOrder.of(size, stream(2, epoch));
      orderEpoch = epoch;
    }
    return order[(int) (position % size)];
  }

  /** What decides how the item at a position is augmented. */
  public SplittableRandom augmentation(long position) {
    return stream(1, position);
  }

  /** An independent stream of random numbers for each purpose and number. */
  private SplittableRandom stream(long purpose, long number) {
    return RandomStream.of(seed + 0x9E3779B97F4A7C15L * purpose, number);
  }
}
