package dev.vernier.reports.tables;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a format for people says its own way; the rest of a table is the same in all of them. */
interface Markup {
  /** Text without meaning in the format. */
  String escape(String text);

  /** Marks the best number. */
  String best(String escaped);

  /** Marks the second best number. */
  String second(String escaped);

  /** Sets an interval behind its number. */
  String interval(String escaped);

  /** Whether there is room for the intervals of a column. */
  default boolean hasIntervals(Column column) {
    return true;
  }

  /** What the entries of a column show, row by row. */
  default List<String> entries(Column column) {
    List<Column.Shown> shown = column.shown();
    return IntStream.range(0, shown.size())
        .mapToObj(row -> entry(column, row, shown.get(row)))
        .toList();
  }

  private String entry(Column column, int row, Column.Shown shown) {
    String floor = column.entries().get(row).isBelowFloor() ? escape(Table.BELOW_FLOOR) : "";
    boolean interval = !shown.interval().isEmpty() && hasIntervals(column);
    return shown.values().stream()
            .map(each -> marked(escape(each), column.marks(), row) + floor)
            .collect(Collectors.joining(Column.SEPARATOR))
        + (interval ? interval(escape(shown.interval())) : "");
  }

  private String marked(String escaped, Column.Marks marks, int row) {
    if (marks.isBest(row)) {
      return best(escaped);
    }
    return marks.isSecond(row) ? second(escaped) : escaped;
  }
}
