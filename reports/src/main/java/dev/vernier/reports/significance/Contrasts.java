package dev.vernier.reports.significance;

import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How far each row is from the row of the first measured method that has the same total codebook
 * size, and from the one that has the same bits per token: sub-codebooks of the same total size
 * take more bits, so the first alone would compare different rates.
 *
 * @param key of the metric
 * @param reference the first method
 * @param perRow one a row; empty for the first method's own, where it has no such size, and where
 *     the row of that size has the same cells
 * @param atEqualBits one a row; empty besides where it has no such bits, and where the row of equal
 *     bits is that of equal size
 * @param given whether any of the rows is of given weights
 * @param drawn whether the metric is of images that each cell drew itself
 */
public record Contrasts(
    String key,
    String reference,
    List<Optional<Contrast>> perRow,
    List<Optional<Contrast>> atEqualBits,
    boolean given,
    boolean drawn) {
  /** Keys of the metrics that are compared: of a table's, the first that any row has. */
  public static final List<String> COMPARED = List.of(MetricKind.GFID.key(), MetricKind.RFID.key());

  /** Copies the lists. */
  public Contrasts {
    perRow = List.copyOf(perRow);
    atEqualBits = List.copyOf(atEqualBits);
  }

  /**
   * A row's difference.
   *
   * @param difference from the reference
   * @param p its p value, corrected for all comparisons of the table
   */
  public record Contrast(Difference difference, Optional<Double> p) {}

  /**
   * The contrasts of a table.
   *
   * @param rows all its rows
   */
  public static Contrasts of(List<Row> rows, PairedTests tests) throws IOException {
    String key =
        COMPARED.stream()
            .filter(each -> rows.stream().anyMatch(row -> !row.perSeed(each).isEmpty()))
            .findFirst()
            .orElse(COMPARED.get(COMPARED.size() - 1));
    return of(rows, key, tests);
  }

  /**
   * The contrasts of a metric.
   *
   * @param rows all rows of a table
   * @param key of the metric
   */
  static Contrasts of(List<Row> rows, String key, PairedTests tests) throws IOException {
    List<Optional<Difference>> differences = new ArrayList<>();
    for (Row row : rows) {
      differences.add(between(row, reference(row, rows, key), key, tests));
    }
    for (Row row : rows) {
      differences.add(between(row, equalRate(row, rows, key), key, tests));
    }
    List<Optional<Double>> p =
        Holm.correct(differences.stream().map(each -> each.flatMap(Difference::p)).toList());
    List<Optional<Contrast>> all = new ArrayList<>();
    for (int i = 0; i < differences.size(); i++) {
      Optional<Double> corrected = p.get(i);
      all.add(differences.get(i).map(each -> new Contrast(each, corrected)));
    }
    return new Contrasts(
        key,
        first(rows, key),
        all.subList(0, rows.size()),
        all.subList(rows.size(), all.size()),
        rows.stream().anyMatch(Row::untrained),
        rows.stream().anyMatch(row -> row.draws(key)));
  }

  private static Optional<Difference> between(
      Row row, Optional<Row> reference, String key, PairedTests tests) throws IOException {
    return reference.isEmpty() ? Optional.empty() : tests.between(row, reference.get(), key);
  }

  private static String first(List<Row> rows, String key) {
    return rows.stream()
        .filter(row -> !row.perSeed(key).isEmpty())
        .findFirst()
        .or(() -> rows.stream().findFirst())
        .map(Row::method)
        .orElse("");
  }

  private static Optional<Row> reference(Row row, List<Row> rows, String key) {
    return nearest(row, rows, key, row::sizedLike, each -> Math.abs(each.size() - row.size()));
  }

  private static Optional<Row> equalRate(Row row, List<Row> rows, String key) {
    Optional<Row> equal =
        nearest(row, rows, key, row::ratedLike, each -> Math.abs(each.bits() - row.bits()));
    return equal.filter(each -> !each.sizedLike(row));
  }

  /** Of several in question the nearest one, rather of the same run than of another. */
  private static Optional<Row> nearest(
      Row row, List<Row> rows, String key, Predicate<Row> alike, ToDoubleFunction<Row> distance) {
    String first = first(rows, key);
    if (row.method().equals(first)) {
      return Optional.empty();
    }
    return rows.stream()
        .filter(each -> each.method().equals(first) && alike.test(each))
        .filter(each -> each.protocol(key).equals(row.protocol(key)))
        .min(
            Comparator.comparing((Row each) -> each.runs().stream().noneMatch(row.runs()::contains))
                .thenComparingDouble(distance));
  }

  /** Whether there is nothing to show. */
  public boolean isEmpty() {
    return all().findAny().isEmpty();
  }

  private Stream<Contrast> all() {
    return Stream.concat(perRow.stream(), atEqualBits.stream()).flatMap(Optional::stream);
  }

  /** What the numbers are, in words. */
  public String caption() {
    long count = all().filter(each -> each.p().isPresent()).count();
    String bits =
        atEqualBits.stream().allMatch(Optional::isEmpty)
            ? ""
            : ", and at equal bits to " + reference + " of another size that takes as many a token";
    return "Δ is the difference to "
        + reference
        + " at the same total codebook size"
        + bits
        + ", on the same seeds"
        + (drawn ? "" : " and images")
        + ", with its 95% interval; p"
        + " is two-sided, corrected by Holm for the "
        + count
        + " comparisons of this table; the test is Student's t against the variance between seeds"
        + (drawn
            ? ", each of which draws images of its own."
            : " and that between images together, the latter of paired resamples or paired scores"
                + " averaged over the seeds, with the degrees of freedom of Satterthwaite (1946).")
        + " With one seed, only the images vary."
        + (given
            ? " Given weights have one measurement and no seed: it is compared with the other side's mean"
                + " over seeds, and counts as one seed."
            : "");
  }
}
