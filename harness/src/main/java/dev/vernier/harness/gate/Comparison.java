package dev.vernier.harness.gate;

import dev.vernier.records.Metric.Better;
import java.util.Optional;

/**
 * A metric of a cell, or of the mean of its seeds, beside the baseline's.
 *
 * @param cell its name
 * @param metric what tables call it
 * @param better which direction is better
 * @param baseline the number that was; empty where there was none
 * @param now the number that is; empty where there is none
 * @param tolerance by how much it may get worse, in its units; empty where it is not judged
 * @param noise what chance adds to the difference at most; empty where that is unknown
 * @param detects the smallest change for the worse that fails in four of five cases; empty where
 *     none can
 * @param comparable whether one protocol computed both numbers
 * @param verdict what is said of it
 * @param reason why, in words; empty where the numbers say it
 */
public record Comparison(
    String cell,
    String metric,
    Better better,
    Optional<Double> baseline,
    Optional<Double> now,
    Optional<Double> tolerance,
    Optional<Double> noise,
    Optional<Double> detects,
    boolean comparable,
    Verdict verdict,
    String reason) {
  /** One that is not tested. */
  static Comparison untested(
      String cell,
      String metric,
      Better better,
      Optional<Measured> baseline,
      Optional<Measured> now,
      Verdict verdict,
      String reason) {
    return new Comparison(
        cell,
        metric,
        better,
        baseline.map(Measured::value),
        now.map(Measured::value),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        baseline.isPresent()
            && now.isPresent()
            && baseline.get().protocol().equals(now.get().protocol()),
        verdict,
        reason);
  }

  /** The number that is, less the one that was; empty where they may not be compared. */
  public Optional<Double> change() {
    return comparable && baseline.isPresent() && now.isPresent()
        ? Optional.of(now.get() - baseline.get())
        : Optional.empty();
  }

  /** Whether it passes, and is better by more than its tolerance and the noise together. */
  public boolean improved() {
    double sign = better == Better.HIGHER ? 1 : -1;
    return verdict == Verdict.PASS
        && change()
            .filter(each -> sign * each > noise.orElse(0.0) + tolerance.orElse(0.0))
            .isPresent();
  }

  /** Whether the numbers differ by more than processors make them. */
  public boolean changed() {
    return change()
        .filter(
            each ->
                Math.abs(each)
                    > Measured.ARITHMETIC * Math.max(Math.abs(baseline.get()), Math.abs(now.get())))
        .isPresent();
  }
}
