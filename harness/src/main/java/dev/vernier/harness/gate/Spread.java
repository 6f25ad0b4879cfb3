package dev.vernier.harness.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vernier.reports.significance.Variance;

/**
 * How far a number differs from one training to the next.
 *
 * @param deviation its standard deviation
 * @param trainings how many differing ones it was seen in, at least 2
 */
public record Spread(
    @JsonProperty(required = true) double deviation, @JsonProperty(required = true) int trainings) {
  /** Checks that it can be one. */
  public Spread {
    if (!(deviation >= 0) || Double.isInfinite(deviation) || trainings < 2) {
      throw new IllegalArgumentException(
          "no spread has a deviation of " + deviation + " over " + trainings + " trainings");
    }
  }

  /** The variance of the mean over pairs of trainings of their difference. */
  Variance ofDifference(int pairs) {
    return new Variance(2 * deviation * deviation / pairs, trainings - 1.0);
  }
}
