package dev.vernier.reports.significance;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far a mean difference may be off for one reason.
 *
 * @param value variance of the mean
 * @param degrees of freedom that the variance was estimated with
 */
public record Variance(double value, double degrees) {
  /** That of a reason that adds nothing to the others. */
  static final Variance NONE = new Variance(0, Double.POSITIVE_INFINITY);

  /**
   * That of the mean of some numbers.
   *
   * @param numbers independent of each other, at least two
   */
  static Variance ofMean(double[] numbers) {
    int n = numbers.length;
    return new Variance(StatUtils.variance(numbers) / n, n - 1);
  }

  /**
   * That of a difference which was resampled. As an estimate it is off by chance twice: with
   * relative variance 2 / (N - 1) since N images stand for all, and 2 / (B - 1) since B replicates
   * stand for all resamples. An estimate with d degrees of freedom has 2 / d, so both together have
   * {@code 1 / (1 / (N - 1) + 1 / (B - 1))}: 166 for 200 replicates of 1,000 images, where
   * Student's t is 1% above the normal distribution.
   *
   * @param replicates of the difference, at least two
   * @param images how many each resample drew, at least two
   */
  static Variance ofReplicates(double[] replicates, long images) {
    double degrees = 1 / (1.0 / (images - 1) + 1.0 / (replicates.length - 1));
    return new Variance(StatUtils.variance(replicates), degrees);
  }

  /**
   * The variance for all of several independent reasons, with the degrees of freedom of
   * Satterthwaite (1946): those of the scaled chi-squared distribution whose first two moments are
   * the sum's.
   *
   * @param reasons at least one
   */
  public static Variance sum(List<Variance> reasons) {
    double total = reasons.stream().mapToDouble(Variance::value).sum();
    double squares =
        reasons.stream().mapToDouble(each -> each.value * each.value / each.degrees).sum();
    // Without any variance the degrees of freedom say nothing, and none are estimated.
    double degrees = squares > 0 ? total * total / squares : reasons.get(0).degrees;
    return new Variance(total, degrees);
  }
}
