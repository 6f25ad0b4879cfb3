package dev.vernier.reports.significance;

import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Looks for how many it takes, of what is so from some number on. */
public final class Bisection {
  private Bisection() {}

  /**
   * The least number from which on it is so; empty where it is not so of the most either.
   *
   * @param from the least that comes into question
   * @param most the largest
   */
  public static OptionalLong least(long from, long most, LongPredicate so) {
    if (!so.test(most)) {
      return OptionalLong.empty();
    }
    long below = from - 1;
    long above = most;
    while (above - below > 1) {
      long middle = below + (above - below) / 2;
      if (so.test(middle)) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return OptionalLong.of(above);
  }
}
