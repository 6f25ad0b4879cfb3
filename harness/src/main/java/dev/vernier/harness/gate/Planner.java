package dev.vernier.harness.gate;

import dev.vernier.reports.significance.Bisection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many images or seeds would decide: so many that what chance adds is no more than what is to
 * be told. Images average out of the variance over images, seeds of that between trainings, whose
 * number also says how well their spread is known.
 */
final class Planner {
  /** More times the images, or more seeds, are no plan. */
  private static final int MOST = 1000;

  private final Level level;
  private final Noise noise;

  Planner(Level level, Noise noise) {
    this.level = level;
    this.noise = noise;
  }

  /**
   * The plan in words.
   *
   * @param enough what chance may add at most
   */
  String plan(double enough) {
    Optional<Double> images = images(enough);
    if (images.isPresent()) {
      return String.format(
          Locale.ROOT, "%,d images would decide", (long) Math.ceil(images.get() * noise.images()));
    }
    if (noise.spread().isPresent()) {
      OptionalLong seeds =
          Bisection.least(
              noise.pairs() + 1, MOST, many -> reach(noise.with(1, (int) many)) <= enough);
      if (seeds.isPresent()) {
        return seeds.getAsLong() + " seeds would decide";
      }
      OptionalLong times =
          Bisection.least(
              2,
              MOST,
              many -> reach(noise.with((double) many, (int) many * noise.pairs())) <= enough);
      if (times.isPresent()) {
        return String.format(
            Locale.ROOT,
            "%d seeds and %,d images would decide",
            times.getAsLong() * noise.pairs(),
            times.getAsLong() * noise.images());
      }
    }
    return "nothing within " + MOST + " times the images and seeds would decide";
  }

  /** How many times the images; empty where no number of them alone is enough. */
  private Optional<Double> images(double enough) {
    if (noise.overImages().isEmpty() || reach(noise.with(MOST, noise.pairs())) > enough) {
      return Optional.empty();
    }
    double low = 1;
    double high = MOST;
    for (int i = 0; i < 50; i++) {
      double middle = (low + high) / 2;
      if (reach(noise.with(middle, noise.pairs())) <= enough) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Optional.of(high);
  }

  private double reach(Noise other) {
    return other.reach(level).orElse(0.0);
  }
}
