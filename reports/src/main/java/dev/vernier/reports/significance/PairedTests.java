package dev.vernier.reports.significance;

import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Compares rows on the seeds they have in common: by Student's t over {@value
 * Estimate#SEEDS_FOR_INTERVAL} seeds or more; with fewer, over the images, by the paired bootstrap
 * where the metric was resampled, else by Student's t where each image has a score. Weights that
 * were given have one measurement and no seed in common with anything: it is compared with the mean
 * over all seeds of the other row, over the images, as at one seed.
 */
public final class PairedTests {
  private final CellFolders folders;

  /**
   * Tests of the rows of some runs.
   *
   * @param folders where the numbers of single images and of resamples lie
   */
  public PairedTests(CellFolders folders) {
    this.folders = folders;
  }

  /**
   * How far a row is from another one.
   *
   * @param key of a metric, or usage
   * @return empty where the rows have no common seed, or different protocols
   */
  public Optional<Difference> between(Row row, Row other, String key) throws IOException {
    Map<Long, Double> here = row.perSeed(key);
    Map<Long, Double> there = other.perSeed(key);
    boolean paired = !row.untrained() && !other.untrained();
    Set<Long> ours = paired ? common(here, there) : here.keySet();
    Set<Long> theirs = paired ? ours : there.keySet();
    Optional<String> protocol = row.protocol(key);
    if (ours.isEmpty()
        || theirs.isEmpty()
        || protocol.isEmpty()
        || !protocol.equals(other.protocol(key))) {
      return Optional.empty();
    }
    double[] perSeed =
        paired
            ? ours.stream().mapToDouble(seed -> here.get(seed) - there.get(seed)).toArray()
            : new double[] {mean(here) - mean(there)};
    Sample a = new Sample(row, key, ours, folders);
    Sample b = new Sample(other, key, theirs, folders);
    return Optional.of(test(perSeed, () -> a.replicatesMinus(b), () -> a.imagesMinus(b)));
  }

  private static Set<Long> common(Map<Long, Double> here, Map<Long, Double> there) {
    return here.keySet().stream()
        .filter(there::containsKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static double mean(Map<Long, Double> perSeed) {
    return perSeed.values().stream().mapToDouble(each -> each).average().orElseThrow();
  }

  /**
   * How far a row is from a number.
   *
   * @param key of a metric, or usage
   * @return empty where it was not measured
   */
  public Optional<Difference> from(double number, Row row, String key) throws IOException {
    Map<Long, Double> here = row.perSeed(key);
    if (here.isEmpty() || row.protocol(key).isEmpty()) {
      return Optional.empty();
    }
    double[] perSeed = here.values().stream().mapToDouble(each -> each - number).toArray();
    Sample sample = new Sample(row, key, here.keySet(), folders);
    return Optional.of(
        test(perSeed, () -> sample.replicatesMinus(number), () -> sample.imagesMinus(number)));
  }

  private static Difference test(double[] perSeed, Reader replicates, Reader images)
      throws IOException {
    int seeds = perSeed.length;
    if (seeds >= Estimate.SEEDS_FOR_INTERVAL) {
      return Student.of(perSeed, Difference.Basis.SEEDS, seeds);
    }
    double value = StatUtils.mean(perSeed);
    Optional<double[]> resampled = replicates.read();
    if (resampled.isPresent()) {
      return Resampling.of(value, resampled.get(), seeds);
    }
    return images
        .read()
        .map(each -> Student.of(each, Difference.Basis.IMAGES, seeds))
        .orElseGet(() -> Difference.untested(value, seeds));
  }

  /** Differences that lie in files, which are read only where they are needed. */
  private interface Reader {
    Optional<double[]> read() throws IOException;
  }
}
