package dev.vernier.reports.tables;

import dev.vernier.records.Metric.Better;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table as a page shows it, in plain text that the page escapes.
 *
 * @param name what it is, for those who do not see it
 * @param caption what stands above it
 * @param headings from left to right
 * @param rows from top to bottom, an entry a heading each
 * @param footnotes what computed which column
 */
public record TableView(
    String name,
    String caption,
    List<Heading> headings,
    List<List<Entry>> rows,
    List<Table.Footnote> footnotes) {
  /** What fits a page of usual width, in units of the font size. */
  private static final double WIDTH = 85;

  private static final ColumnWidths WIDTHS = new ColumnWidths(true, 1.6);

  /** Copies the lists. */
  public TableView {
    headings = List.copyOf(headings);
    rows = List.copyOf(rows);
    footnotes = List.copyOf(footnotes);
  }

  /**
   * What stands above a column.
   *
   * @param text what it is
   * @param better which direction is better
   * @param mark of its footnote; empty where it has none
   * @param number whether its entries end at the right
   */
  public record Heading(String text, Better better, String mark, boolean number) {}

  /**
   * What stands in a row of a column.
   *
   * @param text what people read
   * @param interval behind it; empty where there is none
   * @param order what it is sorted by: a number or words; empty for the end
   * @param number whether it ends at the right
   * @param best whether it is the best of its column
   * @param second whether it is the second best
   * @param belowFloor whether it is below the floor
   */
  public record Entry(
      String text,
      String interval,
      String order,
      boolean number,
      boolean best,
      boolean second,
      boolean belowFloor) {}

  /** A table in parts that fit a page; the caption stands above the first one. */
  public static List<TableView> of(String name, Table table) {
    List<Table> parts = table.fitting(WIDTHS, WIDTH);
    String caption = table.caption() + table.intervals().map(each -> " " + each).orElse("");
    return IntStream.range(0, parts.size())
        .mapToObj(
            i ->
                of(
                    parts.size() == 1 ? name : name + ", part " + (i + 1),
                    i == 0 ? caption : "",
                    parts.get(i)))
        .toList();
  }

  /** A table in one part, of words that may be broken into lines. */
  public static TableView whole(String name, Table table) {
    return of(name, table.caption(), table);
  }

  private static TableView of(String name, String caption, Table table) {
    return new TableView(
        name,
        caption,
        table.columns().stream()
            .map(
                each ->
                    new Heading(each.heading(), each.better(), table.mark(each), !each.isText()))
            .toList(),
        table.byRow(TableView::entries),
        table.footnotes());
  }

  private static List<Entry> entries(Column column) {
    List<Column.Shown> shown = column.shown();
    return IntStream.range(0, shown.size())
        .mapToObj(row -> entry(column, row, shown.get(row)))
        .toList();
  }

  private static Entry entry(Column column, int row, Column.Shown shown) {
    Column.Entry entry = column.entries().get(row);
    return new Entry(
        shown.text(),
        shown.interval(),
        entry.numbers().stream()
            .findFirst()
            .map(number -> String.valueOf(column.format().shown(number).value()))
            .orElse(entry.raw()),
        !column.isText(),
        column.marks().isBest(row),
        column.marks().isSecond(row),
        entry.isBelowFloor());
  }
}
