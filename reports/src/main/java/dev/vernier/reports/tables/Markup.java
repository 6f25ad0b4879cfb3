package dev.vernier.reports.tables;

import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.text.NumberText;
import java.util.ArrayList;
import java.util.List;

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

  /** What an entry shows; of several sub-codebooks without intervals, which would fill the page. */
  default String entry(Column column, int row) {
    Column.Entry entry = column.entries().get(row);
    if (entry.numbers().isEmpty()) {
      return escape(entry.text());
    }
    int decimals = column.decimals();
    List<String> shown = new ArrayList<>();
    for (Estimate each : entry.numbers()) {
      Estimate number = column.format().shown(each);
      String interval =
          entry.numbers().size() == 1 && hasIntervals(column)
              ? NumberText.of(number.interval(), decimals)
              : "";
      shown.add(
          marked(escape(NumberText.of(number.value(), decimals)), column.marks(), row)
              + (entry.isBelowFloor() ? escape(Table.BELOW_FLOOR) : "")
              + (interval.isEmpty() ? "" : interval(escape(interval))));
    }
    return String.join(" / ", shown);
  }

  private String marked(String escaped, Column.Marks marks, int row) {
    if (marks.isBest(row)) {
      return best(escaped);
    }
    return marks.isSecond(row) ? second(escaped) : escaped;
  }
}
