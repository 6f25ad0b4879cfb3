package dev.vernier.harness.gate;

import dev.vernier.records.Metric.Better;
import java.util.List;
import java.util.Optional;

/**
 * A test of whether a metric got worse by more than its tolerance. It fails only where the change
 * exceeds tolerance and noise together, so one that is within its tolerance fails by chance alone.
 * It passes only where the change is within the tolerance, and so is the noise: a change that is
 * not would have been seen. What is better by more than the noise passes, however wide that is, and
 * so does the same number up to the arithmetic of processors.
 *
 * @param cell name of the cell, or of the mean of its seeds
 * @param metric what tables call it
 * @param better which direction is better, either
 * @param tolerance what may be lost
 * @param pairs the numbers, at least one pair
 * @param trained whether a training lies behind each
 */
record Trial(
    String cell,
    String metric,
    Better better,
    Tolerance tolerance,
    List<Pair> pairs,
    boolean trained) {
  Comparison judge(Level level) {
    Noise noise = Noise.of(pairs, trained);
    Optional<Double> reach = noise.reach(level);
    Optional<Double> allowed = declared().map(each -> Math.max(each, granted()));
    Judgement judgement =
        allowed
            .map(each -> judge(each, noise, reach.orElse(0.0), level))
            .orElse(new Judgement(Verdict.INCONCLUSIVE, "nothing says its standard error"));
    Optional<Double> detects =
        noise.unknown()
            ? Optional.empty()
            : allowed.map(each -> each + reach.get() + noise.power(level).get());
    return new Comparison(
        cell,
        metric,
        better,
        Optional.of(baseline()),
        Optional.of(baseline() + change()),
        allowed,
        reach,
        detects,
        true,
        judgement.verdict(),
        judgement.reason());
  }

  private record Judgement(Verdict verdict, String reason) {}

  private Judgement judge(double allowed, Noise noise, double reach, Level level) {
    if (pairs.stream().allMatch(each -> each.now().agreesWith(each.baseline()))) {
      return new Judgement(Verdict.PASS, "the same number");
    }
    double worse = better == Better.HIGHER ? -change() : change();
    boolean beyond = worse > allowed;
    if (beyond && noise.unknown()) {
      return new Judgement(Verdict.INCONCLUSIVE, unknown(worse, allowed));
    }
    if (worse - reach > allowed) {
      return new Judgement(
          Verdict.FAIL,
          "worse by " + ThreeDigits.of(worse) + ", tolerance " + ThreeDigits.of(allowed));
    }
    Planner planner = new Planner(level, noise);
    if (beyond) {
      return new Judgement(
          Verdict.INCONCLUSIVE,
          beyond(worse, allowed)
              + "within the noise of "
              + ThreeDigits.of(reach)
              + ": "
              + planner.plan(worse - allowed));
    }
    if (reach > allowed && worse + reach > allowed) {
      return new Judgement(
          Verdict.INCONCLUSIVE,
          "the noise of "
              + ThreeDigits.of(reach)
              + " is wider than the tolerance of "
              + ThreeDigits.of(allowed)
              + ": "
              + planner.plan(allowed));
    }
    return new Judgement(
        Verdict.PASS, -worse > reach + allowed ? "better by " + ThreeDigits.of(-worse) : "");
  }

  private String unknown(double worse, double allowed) {
    return beyond(worse, allowed)
        + (trained
            ? "nothing says how far trainings differ: calibrate, with runs of five seeds or more"
            : "nothing says how far chance moves it: measure with resamples");
  }

  private static String beyond(double worse, double allowed) {
    return "worse by "
        + ThreeDigits.of(worse)
        + ", more than the tolerance of "
        + ThreeDigits.of(allowed)
        + ", but ";
  }

  private double baseline() {
    return pairs.stream().mapToDouble(each -> each.baseline().value()).sum() / pairs.size();
  }

  private double change() {
    return pairs.stream().mapToDouble(Pair::difference).sum() / pairs.size();
  }

  /** The standard error of the baseline's number; seeds share the images, which all are off by. */
  private Optional<Double> error() {
    List<Double> all =
        pairs.stream().flatMap(each -> each.baseline().standardError().stream()).toList();
    return all.size() < pairs.size()
        ? Optional.empty()
        : Optional.of(all.stream().mapToDouble(each -> each).average().orElseThrow());
  }

  private Optional<Double> declared() {
    return tolerance.of(baseline(), error());
  }

  /** A note where the tolerance that counts is not the one declared. */
  Optional<String> raised() {
    return declared()
        .filter(each -> each < granted())
        .map(
            each ->
                "the tolerance of %s for %s of %s counts as %s, what processors may change"
                    .formatted(ThreeDigits.of(each), metric, cell, ThreeDigits.of(granted())));
  }

  /** No tolerance is narrower than what processors differ by. */
  private double granted() {
    return Measured.ARITHMETIC * Math.abs(baseline());
  }
}
