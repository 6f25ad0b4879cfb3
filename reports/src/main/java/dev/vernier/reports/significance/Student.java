package dev.vernier.reports.significance;

import dev.vernier.records.Metric;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/** Student's t-test of paired numbers, which is the test of their differences against 0. */
final class Student {
  private static final double UPPER_QUANTILE = 0.975;

  private Student() {}

  /**
   * The mean difference.
   *
   * @param differences one a pair, at least two
   * @param basis what the pairs are
   * @param seeds how many seeds they rest on
   */
  static Difference of(double[] differences, Difference.Basis basis, int seeds) {
    int n = differences.length;
    double mean = StatUtils.mean(differences);
    double error = Math.sqrt(StatUtils.variance(differences, mean) / n);
    double t = new TDistribution(null, n - 1).inverseCumulativeProbability(UPPER_QUANTILE);
    Metric.Interval interval = new Metric.Interval(mean - t * error, mean + t * error);
    double p = error > 0 ? new TTest().tTest(0, differences) : withoutSpread(mean);
    return new Difference(mean, Optional.of(interval), Optional.of(p), basis, seeds);
  }

  /** The limit of the p value as the spread goes to 0; of usage, all seeds may have reached 1. */
  private static double withoutSpread(double mean) {
    return mean == 0 ? 1 : 0;
  }
}
