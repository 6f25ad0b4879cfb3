package dev.vernier.spi;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Orders of numbers from 0 on in which chance decides. */
public final class RandomOrder {
  private RandomOrder() {}

  /** The numbers below {@code count}, shuffled. */
  public static int[] of(int count, RandomGenerator random) {
    int[] order = ascending(count);
    shuffle(order, random);
    return order;
  }

  /** So many of the numbers below {@code count}; in ascending order where all are wanted. */
  public static int[] some(int count, int wanted, RandomGenerator random) {
    return wanted < count ? Arrays.copyOf(of(count, random), wanted) : ascending(count);
  }

  /** Shuffles in place (Fisher and Yates). */
  public static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private static int[] ascending(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }
}
