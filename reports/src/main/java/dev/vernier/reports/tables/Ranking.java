package dev.vernier.reports.tables;

import dev.vernier.records.Metric.Better;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Difference;
import dev.vernier.reports.significance.PairedTests;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.tables.Column.Marks;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the best and the second best number of a column. A number is the best only where the 95%
 * interval of its paired difference to every other one leaves out 0, and the second best only where
 * there is a best one and the same is so of all others. All of several tests have to agree, so
 * nothing is corrected. What is below the floor has learned too little to be among them.
 */
final class Ranking {
  private final List<Row> rows;
  private final PairedTests tests;

  Ranking(List<Row> rows, PairedTests tests) {
    this.rows = rows;
    this.tests = tests;
  }

  /** The marks of a column whose numbers are of a metric. */
  Marks of(Column column, String key) throws IOException {
    if (column.better() == Better.NEITHER || column.width() != 1) {
      return Marks.NONE;
    }
    double sign = column.better() == Better.HIGHER ? -1 : 1;
    List<Integer> ranked =
        IntStream.range(0, rows.size())
            .filter(i -> column.entries().get(i).numbers().size() == 1)
            .filter(i -> !column.entries().get(i).isBelowFloor())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> sign * value(column.entries().get(i))))
            .toList();
    if (!leads(ranked, column.better(), key)) {
      return Marks.NONE;
    }
    List<Integer> others = ranked.subList(1, ranked.size());
    return new Marks(
        OptionalInt.of(ranked.get(0)),
        leads(others, column.better(), key) ? OptionalInt.of(others.get(0)) : OptionalInt.empty());
  }

  private static double value(Entry entry) {
    return entry.numbers().get(0).value();
  }

  /** Whether the first row is separated from all others; the nearest one decides most often. */
  private boolean leads(List<Integer> ranked, Better better, String key) throws IOException {
    for (int other : ranked.subList(Math.min(1, ranked.size()), ranked.size())) {
      if (!better(tests.between(rows.get(ranked.get(0)), rows.get(other), key), better)) {
        return false;
      }
    }
    return ranked.size() > 1;
  }

  private static boolean better(Optional<Difference> difference, Better better) {
    return difference
        .filter(each -> better == Better.HIGHER ? each.above() : each.below())
        .isPresent();
  }
}
