package dev.vernier.reports.comparison;

import dev.vernier.records.Metric;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A number over the seeds of a row, with its 95% interval.
 *
 * @param value the mean over the seeds
 * @param interval where there is one
 * @param basis what the interval comes from
 * @param seeds how many seeds the mean is over, at least 1; for a difference, how many count
 */
public record Estimate(double value, Optional<Metric.Interval> interval, Basis basis, int seeds) {
  /** Fewer seeds than this say too little about their spread. */
  public static final int SEEDS_FOR_INTERVAL = 3;

  private static final double UPPER_QUANTILE = 0.975;

  /** What an interval comes from. */
  public enum Basis {
    /** Student's t over the values of the seeds. */
    SEEDS,
    /**
     * Student's t over the values of the seeds and, besides, over resampled images; over seeds that
     * have images of their own.
     */
    SEEDS_AND_IMAGES,
    /** The metric's own interval, which knows the spread over images only. */
    METRIC,
    /** Student's t-test of a difference, over what its test says. */
    DIFFERENCE,
    /** There is no interval. */
    NONE
  }

  /**
   * The estimate of a metric: with an interval over seeds where there are at least {@value
   * #SEEDS_FOR_INTERVAL}, else with the metric's own one (of two seeds, the mean of either end).
   *
   * @param perSeed the metric of each seed, all of one protocol; at least one
   */
  public static Estimate of(List<Metric> perSeed) {
    return of(
        perSeed.stream().map(Metric::value).toList(),
        perSeed.stream().flatMap(each -> each.interval().stream()).toList());
  }

  /**
   * The same of numbers with intervals of their own.
   *
   * @param perSeed the value of each seed, at least one
   * @param own their intervals, of those that have one
   */
  static Estimate of(List<Double> perSeed, List<Metric.Interval> own) {
    Estimate overSeeds = ofValues(perSeed);
    if (overSeeds.basis == Basis.SEEDS || own.size() < perSeed.size()) {
      return overSeeds;
    }
    double low = own.stream().mapToDouble(Metric.Interval::low).average().orElseThrow();
    double high = own.stream().mapToDouble(Metric.Interval::high).average().orElseThrow();
    Optional<Metric.Interval> interval = Optional.of(new Metric.Interval(low, high));
    return new Estimate(overSeeds.value, interval, Basis.METRIC, perSeed.size());
  }

  /**
   * The estimate of a number without an interval of its own.
   *
   * @param perSeed the value of each seed, at least one
   */
  public static Estimate ofValues(List<Double> perSeed) {
    SummaryStatistics statistics = new SummaryStatistics();
    perSeed.forEach(statistics::addValue);
    int n = perSeed.size();
    double mean = statistics.getMean();
    if (n < SEEDS_FOR_INTERVAL) {
      return new Estimate(mean, Optional.empty(), Basis.NONE, n);
    }
    double t = new TDistribution(null, n - 1).inverseCumulativeProbability(UPPER_QUANTILE);
    double half = t * statistics.getStandardDeviation() / Math.sqrt(n);
    Metric.Interval interval = new Metric.Interval(mean - half, mean + half);
    return new Estimate(mean, Optional.of(interval), Basis.SEEDS, n);
  }

  /** Lower end of the interval, or the value where there is none. */
  public double low() {
    return interval.map(Metric.Interval::low).orElse(value);
  }

  /** Upper end of the interval, or the value where there is none. */
  public double high() {
    return interval.map(Metric.Interval::high).orElse(value);
  }

  /** The same in another unit. */
  public Estimate times(double factor) {
    return new Estimate(
        value * factor,
        interval.map(each -> new Metric.Interval(each.low() * factor, each.high() * factor)),
        basis,
        seeds);
  }
}
