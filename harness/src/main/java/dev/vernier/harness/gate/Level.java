package dev.vernier.harness.gate;

import dev.vernier.reports.significance.Variance;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How sure the gate is of a single test, one-sided.
 *
 * @param share of all tests without a difference that call one
 */
record Level(double share) {
  private static final double POWER = 0.8;

  /** Bonferroni's: all tests together err in at most so large a share of all gates. */
  static Level ofFamily(double rate, int tests) {
    return new Level(rate / Math.max(1, tests));
  }

  /** What chance adds to a difference at most: so many standard errors, by Student's t. */
  double reach(Variance variance) {
    return quantile(1 - share, variance);
  }

  /** What a difference needs on top to be found in {@value #POWER} of all cases. */
  double power(Variance variance) {
    return quantile(POWER, variance);
  }

  private static double quantile(double probability, Variance variance) {
    if (variance.value() == 0) {
      return 0;
    }
    return new TDistribution(null, variance.degrees()).inverseCumulativeProbability(probability)
        * Math.sqrt(variance.value());
  }
}
