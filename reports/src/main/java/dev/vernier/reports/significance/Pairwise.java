package dev.vernier.reports.significance;

import dev.vernier.records.Metric.Better;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rows ranked by a metric as one protocol computes it, and how far they are from each other. Of
 * more than {@value #MOST_OF_ALL} rows each is compared with the first one alone, so that Holm's
 * correction leaves something to see.
 *
 * @param metric what ranks them
 * @param rows those that have the number, in the order in which the user named them
 * @param ranked from best to worst
 * @param pairs what is compared with what
 * @param same what is not, for it would be compared with itself
 */
public record Pairwise(
    MeasuredBy metric, List<Row> rows, List<Row> ranked, List<Pair> pairs, List<Same> same) {
  private static final int MOST_OF_ALL = 5;

  /** Copies the lists. */
  public Pairwise {
    rows = List.copyOf(rows);
    ranked = List.copyOf(ranked);
    pairs = List.copyOf(pairs);
    same = List.copyOf(same);
  }

  /**
   * A comparison.
   *
   * @param difference of the row from the other one
   * @param p its p value, corrected by Holm for all pairs
   */
  public record Pair(Row row, Row other, Difference difference, Optional<Double> p) {}

  /** Two rows that have the same cells at all seeds that both have. */
  public record Same(Row row, Row other) {}

  /**
   * Of the rows that have the number.
   *
   * @param rows in the order in which the user named them
   */
  public static Pairwise of(List<Row> rows, MeasuredBy metric, PairedTests tests)
      throws IOException {
    List<Row> measured =
        rows.stream()
            .filter(row -> row.metric(metric.key(), metric.protocol()).isPresent())
            .toList();
    List<Pair> pairs = new ArrayList<>();
    List<Same> same = new ArrayList<>();
    int firsts = measured.size() > MOST_OF_ALL ? 1 : measured.size();
    for (int i = 0; i < firsts; i++) {
      for (int j = i + 1; j < measured.size(); j++) {
        Row row = measured.get(i);
        Row other = measured.get(j);
        if (tests.shareCells(row, other, metric.key())) {
          same.add(new Same(row, other));
        }
        tests
            .between(row, other, metric.key())
            .ifPresent(found -> pairs.add(new Pair(row, other, found, Optional.empty())));
      }
    }
    List<Optional<Double>> p =
        Holm.correct(pairs.stream().map(each -> each.difference().p()).toList());
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      pairs.set(i, new Pair(pair.row(), pair.other(), pair.difference(), p.get(i)));
    }
    return new Pairwise(metric, measured, ranked(measured, metric), pairs, same);
  }

  private static List<Row> ranked(List<Row> rows, MeasuredBy metric) {
    Comparator<Row> ascending =
        Comparator.comparingDouble(
            row -> row.metric(metric.key(), metric.protocol()).orElseThrow().value());
    return rows.stream()
        .sorted(metric.better() == Better.HIGHER ? ascending.reversed() : ascending)
        .toList();
  }
}
