package dev.vernier.harness.gate;

import dev.vernier.reports.significance.OverImages;
import dev.vernier.reports.significance.Variance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How far the mean difference of some pairs may be off by chance.
 *
 * @param images how many images the pairs rest on
 * @param pairs how many there are; more than one where cells differ in their seeds alone
 * @param overImages the variance for other images; empty where nothing says it
 * @param spread between trainings; empty where it is unknown
 * @param trained whether a training lies behind each number, which another one would change
 */
record Noise(
    long images,
    int pairs,
    Optional<Variance> overImages,
    Optional<Spread> spread,
    boolean trained) {
  static Noise of(List<Pair> pairs, boolean trained) {
    return new Noise(
        pairs.get(0).now().samples(),
        pairs.size(),
        paired(pairs).or(() -> unpaired(pairs)),
        pairs.stream().map(each -> each.baseline().spread()).allMatch(each -> each != null)
            ? Optional.of(pairs.get(0).baseline().spread())
            : Optional.empty(),
        trained);
  }

  private static Optional<Variance> paired(List<Pair> pairs) {
    List<OverImages> all = new ArrayList<>();
    pairs.forEach(each -> each.overImages().ifPresent(all::add));
    return all.size() < pairs.size()
        ? Optional.empty()
        : OverImages.mean(all).flatMap(OverImages::variance);
  }

  /**
   * All pairs are of the same images, so what these contribute does not average out. Those that a
   * generator draws are others at each seed: they count in the spread, too, which errs on the safe
   * side.
   */
  private static Optional<Variance> unpaired(List<Pair> pairs) {
    List<Double> errors = pairs.stream().flatMap(each -> each.unpaired().stream()).toList();
    if (errors.size() < pairs.size()) {
      return Optional.empty();
    }
    double error = errors.stream().mapToDouble(each -> each).average().orElseThrow();
    return Optional.of(new Variance(error * error, Math.max(1, pairs.get(0).now().samples() - 1)));
  }

  /**
   * What chance adds to the difference at most; empty where no reason is known. No reason makes
   * another one smaller, as Satterthwaite's degrees of freedom do where one has hardly any.
   */
  Optional<Double> reach(Level level) {
    return largest(level::reach);
  }

  /** What a change needs on top to be found in most cases. */
  Optional<Double> power(Level level) {
    return largest(level::power);
  }

  private Optional<Double> largest(ToDoubleFunction<Variance> quantile) {
    List<Variance> reasons = reasons();
    List<Variance> all = new ArrayList<>(reasons);
    if (reasons.size() > 1) {
      all.add(Variance.sum(reasons));
    }
    return all.stream().map(quantile::applyAsDouble).max(Comparator.naturalOrder());
  }

  private List<Variance> reasons() {
    return Stream.concat(overImages.stream(), spread.map(each -> each.ofDifference(pairs)).stream())
        .toList();
  }

  /** Whether a reason is left out: then nothing can be called worse. */
  boolean unknown() {
    return reasons().isEmpty() || (trained && spread.isEmpty());
  }

  /** The same were there so many times the images, and more trainings of both sides. */
  Noise with(double timesImages, int morePairs) {
    return new Noise(
        Math.round(images * timesImages),
        morePairs,
        overImages.map(each -> new Variance(each.value() / timesImages, each.degrees())),
        spread.map(each -> new Spread(each.deviation(), Math.max(each.trainings(), morePairs))),
        trained);
  }
}
