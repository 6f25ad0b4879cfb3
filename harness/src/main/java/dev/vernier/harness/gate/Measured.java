package dev.vernier.harness.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A number of a cell, as the baseline keeps it.
 *
 * @param label what tables call it, features included
 * @param value the number
 * @param low lower end of its 95% interval over images, or null
 * @param high upper end, or null
 * @param samples how many images it rests on
 * @param protocol fingerprint of how it was computed
 * @param scores what the scores in the file beside are of, or null where there are none
 * @param spread between trainings, or null where it is unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Measured(
    String label,
    @JsonProperty(required = true) double value,
    Double low,
    Double high,
    @JsonProperty(required = true) long samples,
    String protocol,
    Scores.Basis scores,
    Spread spread) {
  /** The share of a number that another processor may change, as its protocol says. */
  static final double ARITHMETIC = 1e-4;

  private static final double QUANTILE =
      new NormalDistribution().inverseCumulativeProbability(0.975);

  /** Checks that what must be there is there. */
  Measured {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(protocol, "protocol");
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(label + " is not a finite number");
    }
    if (samples < 1) {
      throw new IllegalArgumentException(label + " cannot rest on " + samples + " images");
    }
    if (low != null && high != null && !(Double.isFinite(high - low) && low <= high)) {
      throw new IllegalArgumentException(label + " has no interval from " + low + " to " + high);
    }
  }

  Measured with(Spread other) {
    return new Measured(label, value, low, high, samples, protocol, scores, other);
  }

  /** Whether both are the same number: processors and numbers of threads make no other. */
  boolean agreesWith(Measured other) {
    return Math.abs(value - other.value)
        <= ARITHMETIC * Math.max(Math.abs(value), Math.abs(other.value));
  }

  /** Its standard error over images, as the interval has it. */
  Optional<Double> overImages() {
    return low == null || high == null
        ? Optional.empty()
        : Optional.of((high - low) / (2 * QUANTILE));
  }

  /** Whether anything says how far chance moves it. */
  boolean noiseIsKnown() {
    return scores != null || overImages().isPresent() || spread != null;
  }

  /** Its standard error over images and trainings, whichever is known; empty where neither is. */
  Optional<Double> standardError() {
    Optional<Double> images = overImages();
    if (spread == null) {
      return images;
    }
    return Optional.of(Math.hypot(images.orElse(0.0), spread.deviation()));
  }
}
