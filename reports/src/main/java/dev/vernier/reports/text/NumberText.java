package dev.vernier.reports.text;

import dev.vernier.records.Metric;
import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them, with a point in every country. */
public final class NumberText {
  private static final int SIGNIFICANT_DIGITS = 4;
  private static final double SMALLEST_P = 0.001;

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
    double absolute = Math.abs(size);
    int before = absolute > 0 ? (int) Math.floor(Math.log10(absolute)) + 1 : 1;
    return Math.max(0, Math.min(SIGNIFICANT_DIGITS + 2, SIGNIFICANT_DIGITS - before));
  }

  /** A p value: three digits after the point, and no zero, since none is. */
  public static String p(double value) {
    return value < SMALLEST_P ? "<" + SMALLEST_P : of(value, 3);
  }

  /** An interval in brackets, or nothing where there is none. */
  public static String of(Optional<Metric.Interval> interval, int decimals) {
    return interval
        .map(each -> "[" + of(each.low(), decimals) + ", " + of(each.high(), decimals) + "]")
        .orElse("");
  }
}
