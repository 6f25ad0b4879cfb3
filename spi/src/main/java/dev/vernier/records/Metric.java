package dev.vernier.records;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;

/**
 * One measured number with what is needed to judge it.
 *
 * @param label what tables and axes call it, features included, such as {@code rFID (dataset
 *     features)}
 * @param value the number
 * @param low lower end of its 95% interval, or null where there is none
 * @param high upper end, or null
 * @param samples how many images (or other units) it rests on
 * @param better which direction is better
 * @param protocol fingerprint of exactly how it was computed; numbers with different fingerprints
 *     must not be compared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metric(
    String label,
    double value,
    Double low,
    Double high,
    long samples,
    Better better,
    String protocol) {
  /** Which direction of a metric is better. */
  public enum Better {
    /** Larger is better. */
    HIGHER,
    /** Smaller is better. */
    LOWER,
    /** Neither: a description, such as bits per pixel. */
    NEITHER
  }

  /**
   * A number of a metric of the catalogue.
   *
   * @param features what it was computed from, behind the label; empty where nothing is to be said
   */
  public static Metric of(
      MetricKind kind,
      String features,
      double value,
      Optional<Interval> interval,
      long samples,
      String protocol) {
    return new Metric(
        kind.label() + features,
        value,
        interval.map(Interval::low).orElse(null),
        interval.map(Interval::high).orElse(null),
        samples,
        kind.better(),
        protocol);
  }

  /** Checks that what must be there is there. */
  public Metric {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(better, "better");
    Objects.requireNonNull(protocol, "protocol");
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "metric " + label + " is not a number; leave out what cannot be measured");
    }
  }

  /** The 95% interval, where there is one. */
  @JsonIgnore
  public Optional<Interval> interval() {
    return low == null || high == null ? Optional.empty() : Optional.of(new Interval(low, high));
  }

  /** An interval of numbers, both ends included. */
  public record Interval(double low, double high) {
    /** How far it reaches to either side of its middle. */
    public double reach() {
      return (high - low) / 2;
    }
  }
}
