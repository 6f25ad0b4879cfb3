package dev.vernier.reports.significance;

import dev.vernier.records.Metric;
import dev.vernier.reports.comparison.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How far a row is from another one, or from a number. It is tested by Student's t against the
 * variance over the seeds and that over the images together: all seeds are measured on the same
 * images, so what the images contribute is the same in each, and no number of seeds averages it
 * out. What seeds and images contribute together is in both, which makes the test a little
 * conservative. A generator draws other images at each seed: what they contribute is in the
 * variance over the seeds.
 *
 * @param value the row's mean over the common seeds, minus the other's; over all of them where
 *     either is of given weights
 * @param overSeeds the variance of the value for other seeds; empty at one seed
 * @param overImages the variance of the value for other images; 0 where that over the seeds holds
 *     it, empty where nothing says it
 * @param seeds how many seeds both sides have in common; 1 where one of them is of given weights, 0
 *     where both are
 * @param images how many images the variance over them rests on; 0 where there is none
 * @param resamples how many times images were resampled, where that differs, so that resamples do
 *     not pair; none otherwise
 */
public record Difference(
    double value,
    Optional<Variance> overSeeds,
    Optional<Variance> overImages,
    int seeds,
    long images,
    List<Integer> resamples) {
  private static final double UPPER_QUANTILE = 0.975;

  /** Copies the list. */
  public Difference {
    resamples = List.copyOf(resamples);
  }

  /** Its 95% interval; empty where nothing says how it spreads. */
  public Optional<Metric.Interval> interval() {
    return variance()
        .map(
            all -> {
              double reach = quantile(all.degrees()) * Math.sqrt(all.value());
              return new Metric.Interval(value - reach, value + reach);
            });
  }

  /** Two-sided p value of there being no difference; there where an interval is. */
  public Optional<Double> p() {
    return variance().map(this::p);
  }

  private double p(Variance all) {
    if (all.value() == 0) {
      // The limit as the spread goes to 0; of usage, all seeds may have reached 1.
      return value == 0 ? 1 : 0;
    }
    double t = Math.abs(value) / Math.sqrt(all.value());
    return Math.min(1, 2 * new TDistribution(null, all.degrees()).cumulativeProbability(-t));
  }

  private static double quantile(double degrees) {
    return new TDistribution(null, degrees).inverseCumulativeProbability(UPPER_QUANTILE);
  }

  private Optional<Variance> variance() {
    List<Variance> reasons = Stream.concat(overSeeds.stream(), overImages.stream()).toList();
    return reasons.isEmpty() ? Optional.empty() : Optional.of(Variance.sum(reasons));
  }

  /** What it was seen to persist under. */
  public Evidence evidence() {
    if (seeds == 0) {
      return Evidence.GIVEN;
    }
    if (seeds == 1) {
      return overSeeds.isPresent() ? Evidence.SEEDS_OF_ONE_SIDE : Evidence.ONE_SEED;
    }
    if (seeds < Estimate.SEEDS_FOR_INTERVAL) {
      return Evidence.TWO_SEEDS;
    }
    return overImages.isPresent() ? Evidence.SEEDS_AND_IMAGES : Evidence.ONE_SET_OF_IMAGES;
  }

  /** What it was tested by, such as {@code t-test over 3 seeds and the images}. */
  public String test() {
    if (overSeeds.isPresent()) {
      return "t-test over "
          + (seeds == 1 ? "one side's seeds" : counted())
          + (overImages.isPresent() ? " and the images" : ", images not " + images("resampled"));
    }
    return overImages.isPresent()
        ? "t-test over the images, " + counted() + (seeds == 0 ? "" : ": seeds not varied")
        : "no test, " + counted() + (resamples.isEmpty() ? "" : ": images not " + images(""));
  }

  /** What did not happen to the images. */
  private String images(String otherwise) {
    return resamples.isEmpty()
        ? otherwise
        : resamples.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(" and ", "paired, they were resampled ", " times"));
  }

  private String counted() {
    return seeds == 0 ? "given" : seeds + (seeds == 1 ? " seed" : " seeds");
  }

  /** Whether the whole interval is below 0. */
  public boolean below() {
    return interval().filter(each -> each.high() < 0).isPresent();
  }

  /** Whether the whole interval is above 0. */
  public boolean above() {
    return interval().filter(each -> each.low() > 0).isPresent();
  }
}
