package dev.vernier.reports.significance;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Compares rows on the seeds and the images that they have in common, so that what both sides share
 * cancels. Seeds are paired seed by seed; images resample by resample where the metric was
 * resampled, for one draw of images serves both sides and all seeds, else image by image where each
 * has a score. What a generator draws is other images at each seed, whose spread is that over the
 * seeds already. Weights that were given have one measurement and no seed in common with anything:
 * it is compared with every seed of the other row, and counts as one seed; two of them have none.
 */
public final class PairedTests {
  private final CellFolders folders;
  private final ImageScores scores = new ImageScores();

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
   * @return empty where the rows have no common seed, different protocols, or the same cells
   */
  public Optional<Difference> between(Row row, Row other, String key) throws IOException {
    return meanBetween(List.of(row), List.of(other), key);
  }

  /**
   * How far rows are from others, one by one, on the mean over all of them.
   *
   * @param rows at least one
   * @param others one a row
   * @param key of a metric, or usage
   * @return empty where they have no seed in common, where a pair has different protocols, or where
   *     both sides have the same cells at all common seeds
   */
  public Optional<Difference> meanBetween(List<Row> rows, List<Row> others, String key)
      throws IOException {
    List<Sides> pairs = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Optional<String> protocol = rows.get(i).protocol(key);
      if (protocol.isEmpty() || !protocol.equals(others.get(i).protocol(key))) {
        return Optional.empty();
      }
      pairs.add(new RowAndRow(rows.get(i), others.get(i), key));
    }
    return mean(pairs);
  }

  /**
   * Whether rows have the same cells, with the same numbers, at all seeds that they have in common:
   * their difference there is zero whatever tells the rows apart at other seeds.
   *
   * @param key of a metric, or usage
   */
  public boolean shareCells(Row row, Row other, String key) {
    Sides sides = new RowAndRow(row, other, key);
    Set<Long> seeds = sides.seeds();
    return !seeds.isEmpty() && seeds.stream().allMatch(sides::isSame);
  }

  /**
   * How far a row is from a number.
   *
   * @param key of a metric, or usage
   * @return empty where it was not measured
   */
  public Optional<Difference> from(double number, Row row, String key) throws IOException {
    return meanFrom(number, List.of(row), key);
  }

  /**
   * How far rows are from a number, on the mean over all of them.
   *
   * @param rows at least one
   * @param key of a metric, or usage
   * @return empty where one was not measured, or they have no seed in common
   */
  public Optional<Difference> meanFrom(double number, List<Row> rows, String key)
      throws IOException {
    if (rows.stream().anyMatch(row -> row.protocol(key).isEmpty())) {
      return Optional.empty();
    }
    return mean(rows.stream().map(row -> new RowAndNumber(row, number, key)).toList());
  }

  /**
   * A row's number over its seeds, with an interval that the spread over the images widens as it
   * does that of a difference: three seeds say too little of their own spread to stand alone. Seeds
   * that have images of their own vary both already.
   *
   * @return as {@link Row#metric} has it where there are fewer seeds, or nothing says how the
   *     number depends on the images; empty where it was not measured
   */
  public Optional<Estimate> estimate(Row row, MeasuredBy metric) throws IOException {
    Optional<Estimate> overSeeds = row.metric(metric.key(), metric.protocol());
    if (!row.isMeasuredBy(metric)
        || overSeeds.filter(each -> each.basis() == Estimate.Basis.SEEDS).isEmpty()) {
      return overSeeds;
    }
    Optional<Metric.Interval> interval =
        from(0, row, metric.key())
            .filter(each -> each.overImages().isPresent())
            .flatMap(Difference::interval);
    return interval.isEmpty()
        ? overSeeds
        : overSeeds.map(
            each ->
                new Estimate(
                    each.value(), interval, Estimate.Basis.SEEDS_AND_IMAGES, each.seeds()));
  }

  private Optional<Difference> mean(List<? extends Sides> pairs) throws IOException {
    Set<Long> seeds = new LinkedHashSet<>(pairs.get(0).seeds());
    pairs.forEach(each -> seeds.retainAll(each.seeds()));
    // Of no seeds, too: then there is nothing to compare at all.
    if (seeds.stream().allMatch(seed -> pairs.stream().allMatch(each -> each.isSame(seed)))) {
      return Optional.empty();
    }
    double[] perSeed =
        seeds.stream()
            .mapToDouble(
                seed -> pairs.stream().mapToDouble(each -> each.at(seed)).sum() / pairs.size())
            .toArray();
    double mean = StatUtils.mean(perSeed);
    Optional<Variance> overSeeds =
        perSeed.length > 1 ? Optional.of(Variance.ofMean(perSeed)) : Optional.empty();
    int counted = seeds(pairs, perSeed.length);
    if (overSeeds.isPresent() && pairs.stream().allMatch(Sides::drawn)) {
      Optional<Variance> none = Optional.of(Variance.NONE);
      return Optional.of(new Difference(mean, overSeeds, none, counted, 0, List.of()));
    }
    Optional<OverImages> images = overImages(pairs, seeds);
    return Optional.of(
        new Difference(
            mean,
            overSeeds,
            images.flatMap(OverImages::variance),
            counted,
            images.map(OverImages::images).orElse(0L),
            images.isPresent() ? List.of() : unequalResamples(pairs, seeds)));
  }

  /** How the mean of all depends on the images; empty where that of one is unknown. */
  private Optional<OverImages> overImages(List<? extends Sides> pairs, Set<Long> seeds)
      throws IOException {
    List<OverImages> all = new ArrayList<>();
    for (Sides each : pairs) {
      each.overImages(seeds, folders, scores).ifPresent(all::add);
    }
    return all.size() < pairs.size() ? Optional.empty() : OverImages.mean(all);
  }

  /** How many seeds count. */
  private static int seeds(List<? extends Sides> pairs, int common) {
    if (pairs.stream().allMatch(Sides::trained)) {
      return common;
    }
    return pairs.stream().allMatch(Sides::given) ? 0 : 1;
  }

  private List<Integer> unequalResamples(List<? extends Sides> pairs, Set<Long> seeds)
      throws IOException {
    Set<Integer> counts = new TreeSet<>();
    for (Sides each : pairs) {
      each.resamples(seeds, folders, scores).forEach(counts::add);
    }
    return counts.size() > 1 ? List.copyOf(counts) : List.of();
  }

  /** What is compared with what. */
  private interface Sides {
    /** The seeds that both have. */
    Set<Long> seeds();

    /** The difference at a seed. */
    double at(long seed);

    /** Whether both sides are one cell at a seed. */
    boolean isSame(long seed);

    /** How the difference, averaged over some seeds, depends on the images. */
    Optional<OverImages> overImages(Set<Long> chosen, CellFolders folders, ImageScores scores)
        throws IOException;

    /** How many times the images of each of some seeds were resampled. */
    Stream<Integer> resamples(Set<Long> chosen, CellFolders folders, ImageScores scores)
        throws IOException;

    /** Whether each has a training a seed. */
    boolean trained();

    /** Whether all that was measured is of given weights. */
    boolean given();

    /** Whether each seed was measured on images of its own. */
    boolean drawn();
  }

  private record RowAndRow(Row row, Row other, String key) implements Sides {
    @Override
    public Set<Long> seeds() {
      Set<Long> common = new LinkedHashSet<>((row.untrained() ? other : row).perSeed(key).keySet());
      if (trained()) {
        common.retainAll(other.perSeed(key).keySet());
      }
      return common;
    }

    @Override
    public double at(long seed) {
      return number(row, seed) - number(other, seed);
    }

    @Override
    public boolean isSame(long seed) {
      return at(seed) == 0 && cell(row, seed).id().equals(cell(other, seed).id());
    }

    private Cell cell(Row side, long seed) {
      return side.cells().stream()
          .filter(each -> side.untrained() || each.seed() == seed)
          .findFirst()
          .orElseThrow();
    }

    private double number(Row side, long seed) {
      Map<Long, Double> all = side.perSeed(key);
      return side.untrained() ? all.values().iterator().next() : all.get(seed);
    }

    @Override
    public Optional<OverImages> overImages(
        Set<Long> chosen, CellFolders folders, ImageScores scores) throws IOException {
      Optional<OverImages> here = sample(row, chosen, folders, scores).overImages();
      Optional<OverImages> there = sample(other, chosen, folders, scores).overImages();
      return here.isPresent() && there.isPresent()
          ? here.get().minus(there.get())
          : Optional.empty();
    }

    @Override
    public Stream<Integer> resamples(Set<Long> chosen, CellFolders folders, ImageScores scores)
        throws IOException {
      return Stream.concat(
          sample(row, chosen, folders, scores).resamples(),
          sample(other, chosen, folders, scores).resamples());
    }

    private Sample sample(Row side, Set<Long> chosen, CellFolders folders, ImageScores scores) {
      return new Sample(
          side, key, side.untrained() ? side.perSeed(key).keySet() : chosen, folders, scores);
    }

    @Override
    public boolean trained() {
      return !row.untrained() && !other.untrained();
    }

    @Override
    public boolean given() {
      return row.untrained() && other.untrained();
    }

    @Override
    public boolean drawn() {
      return trained() && row.draws(key) && other.draws(key);
    }
  }

  private record RowAndNumber(Row row, double number, String key) implements Sides {
    @Override
    public Set<Long> seeds() {
      return row.perSeed(key).keySet();
    }

    @Override
    public double at(long seed) {
      return row.perSeed(key).get(seed) - number;
    }

    @Override
    public boolean isSame(long seed) {
      return false;
    }

    @Override
    public Optional<OverImages> overImages(
        Set<Long> chosen, CellFolders folders, ImageScores scores) throws IOException {
      return new Sample(row, key, chosen, folders, scores).overImages();
    }

    @Override
    public Stream<Integer> resamples(Set<Long> chosen, CellFolders folders, ImageScores scores)
        throws IOException {
      return new Sample(row, key, chosen, folders, scores).resamples();
    }

    @Override
    public boolean trained() {
      return !row.untrained();
    }

    @Override
    public boolean given() {
      return row.untrained();
    }

    @Override
    public boolean drawn() {
      return trained() && row.draws(key);
    }
  }
}
