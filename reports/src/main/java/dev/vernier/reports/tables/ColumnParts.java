package dev.vernier.reports.tables;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides columns that are too wide side by side.
 *
 * @param columns from left to right
 * @param measure how wide a column is
 */
record ColumnParts(List<Column> columns, ColumnWidths measure) {
  /**
   * The fewest parts that fit a width, and among as many those whose widest one is the narrowest,
   * so that no column is left alone for a little too much. One that is too wide by itself is.
   */
  List<List<Column>> within(double width) {
    List<List<Column>> parts = filled(width);
    List<List<Column>> narrower = filled(Math.nextDown(widest(parts)));
    while (narrower.size() == parts.size() && widest(narrower) < widest(parts)) {
      parts = narrower;
      narrower = filled(Math.nextDown(widest(parts)));
    }
    return parts;
  }

  private List<List<Column>> filled(double width) {
    List<List<Column>> parts = new ArrayList<>();
    List<Column> part = new ArrayList<>();
    for (Column column : columns) {
      part.add(column);
      if (part.size() > 1 && width(part) > width) {
        part.remove(part.size() - 1);
        parts.add(part);
        part = new ArrayList<>(List.of(column));
      }
    }
    parts.add(part);
    return parts;
  }

  private double widest(List<List<Column>> parts) {
    return parts.stream().mapToDouble(this::width).max().orElse(0);
  }

  private double width(List<Column> part) {
    return part.stream().mapToDouble(measure::beside).sum();
  }
}
