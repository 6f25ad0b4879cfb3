package dev.vernier.reports.text;

import dev.vernier.spi.results.Metric;
import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them, with a point in every country. */
public final class NumberText {
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
