package dev.vernier.reports.significance;

import dev.vernier.records.Metric;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * The bootstrap of a difference (Efron and Tibshirani 1993): its replicates are differences of
 * replicates on the same images. Resamples are biased as those of either side are, so they are
 * shifted by their mean bias.
 */
final class Resampling {
  private static final double TAIL = 2.5;

  private Resampling() {}

  /**
   * A difference from its replicates: the interval from their percentiles, the p value from the
   * normal distribution with their standard error, since the share of replicates beyond 0 cannot be
   * told from 0 once it is smaller than one replicate.
   *
   * @param value the difference on all images
   * @param replicates of the difference, at least two
   * @param seeds how many seeds they are averaged over
   */
  static Difference of(double value, double[] replicates, int seeds) {
    double bias = StatUtils.mean(replicates) - value;
    double[] shifted = Arrays.stream(replicates).map(each -> each - bias).toArray();
    Percentile percentile = new Percentile();
    percentile.setData(shifted);
    double low = Math.min(value, percentile.evaluate(TAIL));
    double high = Math.max(value, percentile.evaluate(100 - TAIL));
    return new Difference(
        value,
        Optional.of(new Metric.Interval(low, high)),
        Optional.of(p(value, Math.sqrt(StatUtils.variance(shifted)))),
        Difference.Basis.RESAMPLES,
        seeds);
  }

  private static double p(double value, double error) {
    if (error == 0) {
      return value == 0 ? 1 : 0;
    }
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    return Math.min(1, 2 * normal.cumulativeProbability(-Math.abs(value) / error));
  }
}
