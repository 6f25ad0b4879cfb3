package dev.vernier.reports.text;

import dev.vernier.records.Metric;
import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them, with a point in every country. */
public final class NumberText {
  private static final int SIGNIFICANT_DIGITS = 4;
  private static final int MOST_SIGNIFICANT_DIGITS = 7;
  private static final int MOST_DECIMALS = 6;
  private static final int P_DECIMALS = 3;
  private static final double SMALLEST_P = 0.001;
  private static final double LEVEL = 0.05;

  private NumberText() {}

  /** A number with so many digits after the point. */
  public static String of(double value, int decimals) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    boolean negativeZero = text.matches("-0\\.?0*");
    return negativeZero ? text.substring(1) : text;
  }

  /** How many digits after the point show four significant ones of a number of this size. */
  public static int decimals(double size) {
    return decimals(size, 0);
  }

  /** The same, and how far an interval reaches, where there is one. */
  public static int decimals(double value, Optional<Metric.Interval> interval) {
    return decimals(value, interval.map(Metric.Interval::reach).orElse(0.0));
  }

  /**
   * How many digits after the point show four significant ones of a number of this size, and how
   * far it reaches: the last stands for a third of that at most. Of the number itself seven are
   * enough.
   *
   * @param reach half the width of an interval; 0 where there is none
   */
  public static int decimals(double size, double reach) {
    int ofSize = SIGNIFICANT_DIGITS - before(size);
    int ofReach = reach > 0 ? (int) Math.ceil(-Math.log10(reach / 3)) : ofSize;
    int most = Math.min(MOST_DECIMALS, MOST_SIGNIFICANT_DIGITS - before(size));
    return Math.max(0, Math.min(most, Math.max(ofSize, ofReach)));
  }

  /** How many digits stand before the point; of 0.05 it is one fewer than none. */
  private static int before(double size) {
    double absolute = Math.abs(size);
    return absolute > 0 ? (int) Math.floor(Math.log10(absolute)) + 1 : 1;
  }

  /**
   * A p value: three digits after the point, as many more as tell it from 0.05, which decides, and
   * no zero, since none is.
   */
  public static String p(double value) {
    if (value < SMALLEST_P) {
      return "<" + SMALLEST_P;
    }
    int decimals = P_DECIMALS;
    while (decimals < MOST_DECIMALS
        && value != LEVEL
        && of(value, decimals).equals(of(LEVEL, decimals))) {
      decimals++;
    }
    return of(value, decimals);
  }

  /** An interval in brackets, or nothing where there is none. */
  public static String of(Optional<Metric.Interval> interval, int decimals) {
    return interval
        .map(each -> "[" + of(each.low(), decimals) + ", " + of(each.high(), decimals) + "]")
        .orElse("");
  }
}
