package dev.vernier.reports.significance;

import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far each row is from the row of the first measured method that has the same total codebook
 * size.
 *
 * @param key of the metric
 * @param reference the first method
 * @param perRow one a row; empty for the first method's own, and where it has no such size
 * @param given whether any of the rows is of given weights
 */
public record Contrasts(
    String key, String reference, List<Optional<Contrast>> perRow, boolean given) {
  /** Copies the list. */
  public Contrasts {
    perRow = List.copyOf(perRow);
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
   * @param key of the metric
   */
  public static Contrasts of(List<Row> rows, String key, PairedTests tests) throws IOException {
    List<Optional<Difference>> differences = new ArrayList<>();
    for (Row row : rows) {
      Optional<Row> reference = reference(row, rows, key);
      differences.add(
          reference.isEmpty() ? Optional.empty() : tests.between(row, reference.get(), key));
    }
    List<Optional<Double>> p =
        Holm.correct(differences.stream().map(each -> each.flatMap(Difference::p)).toList());
    List<Optional<Contrast>> perRow = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Optional<Double> corrected = p.get(i);
      perRow.add(differences.get(i).map(each -> new Contrast(each, corrected)));
    }
    return new Contrasts(key, first(rows, key), perRow, rows.stream().anyMatch(Row::untrained));
  }

  private static String first(List<Row> rows, String key) {
    return rows.stream()
        .filter(row -> !row.perSeed(key).isEmpty())
        .findFirst()
        .or(() -> rows.stream().findFirst())
        .map(Row::method)
        .orElse("");
  }

  /** Of several in question the nearest one, rather of the same run than of another. */
  private static Optional<Row> reference(Row row, List<Row> rows, String key) {
    String first = first(rows, key);
    if (row.method().equals(first)) {
      return Optional.empty();
    }
    return rows.stream()
        .filter(each -> each.method().equals(first) && each.sizedLike(row))
        .filter(each -> each.protocol(key).equals(row.protocol(key)))
        .min(
            Comparator.comparing((Row each) -> each.runs().stream().noneMatch(row.runs()::contains))
                .thenComparing(each -> Math.abs(each.size() - row.size())));
  }

  /** Whether there is nothing to show. */
  public boolean isEmpty() {
    return perRow.stream().allMatch(Optional::isEmpty);
  }

  /** What the numbers are, in words. */
  public String caption() {
    long count = perRow.stream().flatMap(Optional::stream).filter(c -> c.p().isPresent()).count();
    return "Δ is the difference to "
        + reference
        + " at the same total codebook size, on the same seeds and images, with its 95% interval; p"
        + " is two-sided, corrected by Holm for the "
        + count
        + " comparisons of this table; the test is Student's t against the variance between seeds and"
        + " that between images together, the latter of paired resamples or paired scores averaged over"
        + " the seeds, with the degrees of freedom of Satterthwaite (1946). At one seed the images are"
        + " all there is, and seeds were not varied."
        + (given
            ? " Given weights have one measurement and no seed: it is compared with the mean over the"
                + " other's seeds, and counts as one seed."
            : "");
  }
}
