package dev.vernier.harness.metrics;

import java.util.Arrays;

/** How often numbers occur, found by sorting: a table of them would take several times the room. */
final class Occurrences {
  private Occurrences() {}

  /**
   * How often each number that occurs does, ascending: their order does not change it.
   *
   * @param numbers are sorted
   */
  static long[] ascending(long[] numbers) {
    int distinct = sort(numbers);
    long[] counts = new long[distinct];
    int at = -1;
    for (int i = 0; i < numbers.length; i++) {
      at += i == 0 || numbers[i] != numbers[i - 1] ? 1 : 0;
      counts[at]++;
    }
    Arrays.sort(counts);
    return counts;
  }

  /**
   * Replaces each number by its place among those that occur.
   *
   * @return how many those are
   */
  static int renumber(long[] numbers) {
    long[] sorted = numbers.clone();
    int distinct = sort(sorted);
    int kept = 0;
    for (long each : sorted) {
      if (kept == 0 || each != sorted[kept - 1]) {
        sorted[kept++] = each;
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Arrays.binarySearch(sorted, 0, distinct, numbers[i]);
    }
    return distinct;
  }

  /** Sorts numbers, and says how many different ones there are. */
  private static int sort(long[] numbers) {
    Arrays.parallelSort(numbers);
    int distinct = 0;
    for (int i = 0; i < numbers.length; i++) {
      distinct += i == 0 || numbers[i] != numbers[i - 1] ? 1 : 0;
    }
    return distinct;
  }
}
