package dev.vernier.reports.significance;

import dev.vernier.records.Metric;
import java.util.Optional;

/**
 * How far a row is from another one, or from a number.
 *
 * @param value the row's mean over the common seeds, minus the other's; over all of them where
 *     either is of given weights
 * @param interval its 95% interval; empty where nothing says how it spreads
 * @param p two-sided p value of there being no difference; there where an interval is
 * @param basis what both come from
 * @param seeds how many seeds both sides have in common, at least 1; 1 where either is of given
 *     weights
 */
public record Difference(
    double value, Optional<Metric.Interval> interval, Optional<Double> p, Basis basis, int seeds) {
  /** What an interval and a p value come from. */
  public enum Basis {
    /** Student's t over the differences of the seeds. */
    SEEDS("t-test over "),
    /** Resampled images, the same for both sides, averaged over the seeds. */
    RESAMPLES("bootstrap over images, "),
    /** Student's t over the differences of the images, averaged over the seeds. */
    IMAGES("t-test over images, "),
    /** Too few seeds, and no numbers of single images. */
    NONE("no test, ");

    private final String words;

    Basis(String words) {
      this.words = words;
    }
  }

  /** The difference of numbers that nothing more is known of. */
  static Difference untested(double value, int seeds) {
    return new Difference(value, Optional.empty(), Optional.empty(), Basis.NONE, seeds);
  }

  /** What it was tested by, such as {@code t-test over 3 seeds}. */
  public String test() {
    return basis.words + seeds + (seeds == 1 ? " seed" : " seeds");
  }

  /** Whether the whole interval is below 0. */
  public boolean below() {
    return interval.filter(each -> each.high() < 0).isPresent();
  }

  /** Whether the whole interval is above 0. */
  public boolean above() {
    return interval.filter(each -> each.low() > 0).isPresent();
  }
}
