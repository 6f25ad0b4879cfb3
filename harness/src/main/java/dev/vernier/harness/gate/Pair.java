package dev.vernier.harness.gate;

import dev.vernier.reports.significance.OverImages;
import java.util.Optional;

/**
 * A number of the baseline and the same of the run, with what both rest on where it is known.
 *
 * @param baseline the number that was
 * @param now the number that is
 * @param before what the first rests on
 * @param after what the second rests on
 */
record Pair(Measured baseline, Measured now, Optional<Scores> before, Optional<Scores> after) {
  double difference() {
    return now.value() - baseline.value();
  }

  /** The difference resample by resample or image by image; empty where they are not the same. */
  Optional<OverImages> overImages() {
    return before.isPresent() && after.isPresent()
        ? after.get().overImages().minus(before.get().overImages())
        : Optional.empty();
  }

  /** Why resamples do not pair where both sides have some; empty where they do. */
  Optional<String> unequal() {
    Optional<Integer> one = before.flatMap(Pair::resamples);
    Optional<Integer> other = after.flatMap(Pair::resamples);
    return one.isPresent() && other.isPresent() && !one.equals(other)
        ? Optional.of(
            ("the baseline's images were resampled %d times, the run's %d times: they are not"
                    + " paired, which widens the noise; take one bootstrap")
                .formatted(one.get(), other.get()))
        : Optional.empty();
  }

  private static Optional<Integer> resamples(Scores scores) {
    return Optional.ofNullable(scores.basis().resamples());
  }

  /** The standard error of the difference, were both of different images. */
  Optional<Double> unpaired() {
    Optional<Double> one = baseline.overImages();
    Optional<Double> other = now.overImages();
    return one.isPresent() && other.isPresent()
        ? Optional.of(Math.hypot(one.get(), other.get()))
        : Optional.empty();
  }
}
