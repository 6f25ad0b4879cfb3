package dev.vernier.reports.tables;

import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.tables.Column.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a reader needs to judge the columns of a table, and nothing about others. */
final class Captions {
  private static final String MARKS =
      "Bold marks the best and underlining the second best number of a column%s, where the 95%% interval"
          + " of its paired difference to every worse one excludes 0%s.";

  private final List<Row> rows;
  private final Floor floor;
  private final Contrasts contrasts;

  Captions(List<Row> rows, Floor floor, Contrasts contrasts) {
    this.rows = rows;
    this.floor = floor;
    this.contrasts = contrasts;
  }

  /**
   * A caption.
   *
   * @param title its first sentence
   */
  String of(String title, List<Column> columns) {
    boolean belowFloor =
        columns.stream().flatMap(each -> each.entries().stream()).anyMatch(Entry::isBelowFloor);
    List<String> sentences = new ArrayList<>();
    sentences.add(title);
    if (columns.stream().anyMatch(each -> !each.marks().equals(Marks.NONE))) {
      sentences.add(
          MARKS.formatted(
              belowFloor ? " of rows not below the floor" : "",
              fewSeeds() ? "; of fewer than three seeds, for these nets" : ""));
    }
    if (belowFloor) {
      sentences.add(
          ("%s worse than %s at the same size or, if there is none, the next smaller size or rate:"
                  + " below the floor (means over the seeds, without an interval; usage is judged by"
                  + " the %s, a generator by that of its tokenizer).")
              .formatted(Table.BELOW_FLOOR, floor.name(), MetricKind.USAGE.judge().label()));
    }
    String missing = missing(columns);
    if (!missing.isEmpty()) {
      sentences.add("Missing: " + missing + ".");
    }
    if (columns.stream().anyMatch(ContrastColumns::is)) {
      sentences.add(contrasts.caption());
    }
    return String.join(" ", sentences);
  }

  private boolean fewSeeds() {
    return rows.stream()
        .anyMatch(row -> !row.untrained() && row.cells().size() < Estimate.SEEDS_FOR_INTERVAL);
  }

  /** Which numbers are not there, and why. */
  private String missing(List<Column> columns) {
    return columns.stream()
        .map(Column::key)
        .distinct()
        .filter(key -> rows.stream().anyMatch(row -> row.missing(key).isPresent()))
        .map(
            key ->
                MetricKind.of(key).map(MetricKind::label).orElse(key) + " (" + missing(key) + ")")
        .collect(Collectors.joining(", "));
  }

  private String missing(String key) {
    return rows.stream()
        .flatMap(row -> row.missing(key).stream())
        .collect(Collectors.joining("; "));
  }
}
