package dev.vernier.reports.comparison;

import dev.vernier.records.Cell;
import dev.vernier.records.CodebookUse;
import dev.vernier.records.Generation;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Phase;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.TokenizerSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finished cells that differ in nothing but their seed: one line of a table, one point of a figure.
 *
 * @param label what legends call it: the method, and what else tells it from its neighbours
 * @param runs numbers of the runs its cells come from, counted from 1
 * @param cells one a seed, at least one
 */
public record Row(String label, List<Integer> runs, List<Cell> cells) {
  private static final double SAME_SIZE = 0.01;
  private static final double SAME_BITS = 0.05;

  /** Copies the lists. */
  public Row {
    runs = List.copyOf(runs);
    cells = List.copyOf(cells);
  }

  /** The cells of all of some rows. */
  public static List<Cell> cellsOf(List<Row> rows) {
    return rows.stream().flatMap(row -> row.cells().stream()).toList();
  }

  Row withLabel(String other) {
    return new Row(other, runs, cells);
  }

  /** What the tokenizer is; empty where only images were scored. */
  public Optional<TokenizerSpec> spec() {
    return Optional.ofNullable(cells.get(0).spec());
  }

  /** Whether its cells are of a generator, and not of a tokenizer. */
  public boolean generates() {
    return cells.get(0).generation() != null;
  }

  /**
   * Whether a metric, where its cells have it, is of images that each drew itself, and so of no
   * other cell.
   *
   * @param key of the metric
   */
  public boolean draws(String key) {
    return generates() && MetricKind.of(key).filter(MetricKind::isOfImages).isPresent();
  }

  /** What the generator is; empty where there is none. */
  public Optional<GeneratorSpec> generator() {
    return Optional.ofNullable(cells.get(0).generation()).map(Generation::spec);
  }

  /** Sub-tokens drawn in a second. */
  public Optional<Estimate> subTokensPerSecond() {
    List<Double> rates =
        cells.stream().flatMap(each -> Generations.subTokensPerSecond(each).stream()).toList();
    return rates.isEmpty() ? Optional.empty() : Optional.of(Estimate.ofValues(rates));
  }

  /** The method of its cells, which the label may tell apart further. */
  public String method() {
    return Rows.methodOf(cells.get(0));
  }

  /** What its tokenizers are: the plugin they come from, or the method where none is known. */
  public String family() {
    return Optional.ofNullable(cells.get(0).tokenizer()).orElseGet(this::method);
  }

  /** Whether it is one measurement of weights that were given, and so of no seed. */
  public boolean untrained() {
    return cells.get(0).untrained();
  }

  /** Whether both have the same number of codes in total, within {@value #SAME_SIZE} of it. */
  public boolean sizedLike(Row other) {
    return spec().isPresent()
        && other.spec().isPresent()
        && Math.abs(size() - other.size()) <= SAME_SIZE * Math.max(size(), other.size());
  }

  /** Whether a token of both takes the same bits, within {@value #SAME_BITS}. */
  public boolean ratedLike(Row other) {
    return spec().isPresent()
        && other.spec().isPresent()
        && Math.abs(bits() - other.bits()) <= SAME_BITS;
  }

  /** Bits of the indices of a token; 0 where only images were scored. */
  public double bits() {
    return spec().map(TokenizerSpec::bitsPerToken).orElse(0.0);
  }

  /** Trained parameters of the tokenizer; empty where nobody says. */
  public Optional<Long> parameters() {
    return spec().map(TokenizerSpec::parameters).filter(count -> count > 0);
  }

  /** Number of codes in total; 0 where only images were scored. */
  public long size() {
    return spec().map(TokenizerSpec::totalCodes).orElse(0L);
  }

  /**
   * The protocol that computed a metric; empty where it was not measured, or not by one protocol.
   *
   * @param key of a metric, or {@link MetricKind#USAGE}
   */
  public Optional<String> protocol(String key) {
    List<String> protocols =
        cells.stream().flatMap(cell -> protocol(cell, key).stream()).distinct().toList();
    return protocols.size() == 1 ? Optional.of(protocols.get(0)) : Optional.empty();
  }

  private static Optional<String> protocol(Cell cell, String key) {
    if (!key.equals(MetricKind.USAGE.key())) {
      return Optional.ofNullable(cell.metrics().get(key)).map(Metric::protocol);
    }
    return MeasuredBy.usageProtocol(cell);
  }

  /** Whether a metric was computed by that protocol, and by no other. */
  public boolean isMeasuredBy(MeasuredBy metric) {
    return protocol(metric.key()).filter(metric.protocol()::equals).isPresent();
  }

  /**
   * The number of each cell that has it, by seed.
   *
   * @param key of a metric, or {@link MetricKind#USAGE}
   */
  public Map<Long, Double> perSeed(String key) {
    Map<Long, Double> numbers = new LinkedHashMap<>();
    for (Cell cell : cells) {
      Optional<Double> number =
          key.equals(MetricKind.USAGE.key())
              ? cell.usage()
              : Optional.ofNullable(cell.metrics().get(key)).map(Metric::value);
      number.ifPresent(value -> numbers.put(cell.seed(), value));
    }
    return numbers;
  }

  /**
   * Why cells lack a number of theirs that their files have, in words; empty where none does.
   *
   * @param key of a metric, or {@link MetricKind#USAGE}
   */
  public Optional<String> missing(String key) {
    String words =
        cells.stream()
            .filter(cell -> cell.missing().containsKey(key))
            .map(cell -> label + ", " + cell.seedWords() + ": " + cell.missing().get(key))
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  /** A metric computed by one protocol; empty where it was not measured. */
  public Optional<Estimate> metric(String key, String protocol) {
    List<Metric> measured =
        cells.stream()
            .map(cell -> cell.metrics().get(key))
            .filter(metric -> metric != null && metric.protocol().equals(protocol))
            .toList();
    return measured.isEmpty() ? Optional.empty() : Optional.of(Estimate.of(measured));
  }

  /** Share of the entries of each sub-codebook that occurred, in [0, 1]. */
  public List<Estimate> usage() {
    return perSubCodebook(CodebookUse::usage, use -> Optional.empty());
  }

  /** Perplexity of each sub-codebook, in [1, K]. */
  public List<Estimate> perplexity() {
    return perSubCodebook(CodebookUse::perplexity, CodebookUse::perplexityInterval);
  }

  /** Share of all entries of all sub-codebooks that occurred, in [0, 1]. */
  public Optional<Estimate> totalUsage() {
    List<Double> shares = List.copyOf(perSeed(MetricKind.USAGE.key()).values());
    return shares.isEmpty() ? Optional.empty() : Optional.of(Estimate.ofValues(shares));
  }

  /** The perplexities of all sub-codebooks added, which no more than the total size can be. */
  public Optional<Estimate> totalPerplexity() {
    List<Double> sums =
        cells.stream()
            .map(Cell::subCodebooks)
            .filter(books -> !books.isEmpty())
            .map(books -> books.stream().mapToDouble(CodebookUse::perplexity).sum())
            .toList();
    return sums.isEmpty() ? Optional.empty() : Optional.of(Estimate.ofValues(sums));
  }

  /** Its cell of the lowest seed. */
  public Cell lowestSeed() {
    return cells.stream().min(Comparator.comparingLong(Cell::seed)).orElseThrow();
  }

  /** Images a second through encoder and decoder. */
  public Optional<Estimate> roundTrips() {
    List<Double> rates = cells.stream().flatMap(cell -> roundTrips(cell).stream()).toList();
    return rates.isEmpty() ? Optional.empty() : Optional.of(Estimate.ofValues(rates));
  }

  private static Optional<Double> roundTrips(Cell cell) {
    List<Phase> both =
        cell.phases().stream()
            .filter(each -> each.name().equals("encode") || each.name().equals("decode"))
            .toList();
    double seconds = both.stream().mapToDouble(Phase::seconds).sum();
    return both.size() == 2 && seconds > 0
        ? Optional.of(both.get(0).images() / seconds)
        : Optional.empty();
  }

  /** Images a second of a phase such as {@code train}. */
  public Optional<Estimate> throughput(String phase) {
    List<Double> rates =
        cells.stream()
            .flatMap(cell -> cell.phases().stream())
            .filter(each -> each.name().equals(phase) && each.images() > 0)
            .map(Phase::imagesPerSecond)
            .toList();
    return rates.isEmpty() ? Optional.empty() : Optional.of(Estimate.ofValues(rates));
  }

  private List<Estimate> perSubCodebook(
      ToDoubleFunction<CodebookUse> number,
      Function<CodebookUse, Optional<Metric.Interval>> interval) {
    List<List<CodebookUse>> measured =
        cells.stream().map(Cell::subCodebooks).filter(books -> !books.isEmpty()).toList();
    int count = measured.stream().mapToInt(List::size).min().orElse(0);
    return IntStream.range(0, count)
        .mapToObj(j -> measured.stream().map(books -> books.get(j)).toList())
        .map(
            books ->
                Estimate.of(
                    books.stream().map(number::applyAsDouble).toList(),
                    books.stream().flatMap(book -> interval.apply(book).stream()).toList()))
        .toList();
  }
}
