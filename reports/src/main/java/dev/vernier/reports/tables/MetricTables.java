package dev.vernier.reports.tables;

import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.reports.significance.PairedTests;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was measured of some rows. A metric that several protocols computed has a column for each;
 * columns without an entry are for programs alone.
 *
 * @param all every column, for programs
 * @param chosen the columns that a paper prints
 * @param further the other ones, behind those that name a row; empty where there are none
 */
public record MetricTables(Table all, Table chosen, Optional<Table> further) {
  /**
   * The tables of some rows.
   *
   * @param id label in LaTeX
   * @param title what the rows are, in a sentence
   * @param floor what the rows are measured against
   * @param contrasts of a metric, which stand beside it
   * @param tests what tells the best from the others
   * @param choice the columns that a paper prints
   */
  public static MetricTables of(
      String id,
      String title,
      List<Row> rows,
      Floor floor,
      Contrasts contrasts,
      PairedTests tests,
      ColumnChoice choice)
      throws IOException {
    List<MeasuredBy> metrics = MeasuredBy.in(Row.cellsOf(rows));
    List<Column> columns = MetricColumns.of(rows, metrics, floor, contrasts, tests);
    List<Column> filled = columns.stream().filter(each -> !each.isEmpty()).toList();
    List<Column> chosen = choice.chosen(filled);
    List<Column> others = filled.stream().filter(each -> !chosen.contains(each)).toList();
    List<Column> further =
        Stream.concat(filled.stream().filter(Column::namesRows), others.stream())
            .distinct()
            .toList();
    Captions captions = new Captions(rows, floor, contrasts);
    return new MetricTables(
        new Table(id, title, columns, rows.size()),
        new Table(id, captions.of(title, chosen), chosen, rows.size()),
        others.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Table(
                    id + "-more",
                    captions.of("Further numbers. " + title, further),
                    further,
                    rows.size())));
  }
}
