package dev.vernier.reports.comparison;

import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.results.Cell;
import dev.vernier.spi.results.CodebookUse;
import dev.vernier.spi.results.Metric;
import dev.vernier.spi.results.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finished cells that differ in nothing but their seed: one line of a table, one point of a figure.
 *
 * @param label what legends call it: the method, and what else tells it from its neighbours
 * @param runs numbers of the runs its cells come from, counted from 1
 * @param cells one a seed, at least one
 */
public record Row(String label, List<Integer> runs, List<Cell> cells) {
  private static final String JOINT = "joint";

  /** Copies the lists. */
  public Row {
    runs = List.copyOf(runs);
    cells = List.copyOf(cells);
  }

  Row withLabel(String other) {
    return new Row(other, runs, cells);
  }

  /** What the tokenizer is; empty where only images were scored. */
  public Optional<TokenizerSpec> spec() {
    return Optional.ofNullable(cells.get(0).spec());
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
    return perSubCodebook(CodebookUse::usage);
  }

  /** Perplexity of each sub-codebook, in [1, K]. */
  public List<Estimate> perplexity() {
    return perSubCodebook(CodebookUse::perplexity);
  }

  /** Share of all entries of all sub-codebooks that occurred, in [0, 1]. */
  public Optional<Estimate> totalUsage() {
    List<Double> shares = new ArrayList<>();
    for (Cell cell : cells) {
      List<CodebookUse> books = subCodebooks(cell);
      double size = books.stream().mapToDouble(CodebookUse::size).sum();
      if (size > 0) {
        shares.add(books.stream().mapToDouble(CodebookUse::distinct).sum() / size);
      }
    }
    return shares.isEmpty() ? Optional.empty() : Optional.of(Estimate.ofValues(shares));
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

  private List<Estimate> perSubCodebook(ToDoubleFunction<CodebookUse> number) {
    List<List<CodebookUse>> measured =
        cells.stream().map(Row::subCodebooks).filter(books -> !books.isEmpty()).toList();
    int count = measured.stream().mapToInt(List::size).min().orElse(0);
    return IntStream.range(0, count)
        .mapToObj(j -> measured.stream().map(books -> number.applyAsDouble(books.get(j))).toList())
        .map(Estimate::ofValues)
        .toList();
  }

  private static List<CodebookUse> subCodebooks(Cell cell) {
    return cell.codebooks().stream().filter(use -> !use.name().equals(JOINT)).toList();
  }
}
