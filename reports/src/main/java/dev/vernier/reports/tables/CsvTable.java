package dev.vernier.reports.tables;

import dev.vernier.records.Metric;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.text.CsvText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A table for programs: every digit, the ends of intervals and the protocol in columns. */
public final class CsvTable {
  private CsvTable() {}

  /** The text of the file. */
  public static String of(Table table) {
    Set<String> header = new LinkedHashSet<>();
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      rows.add(new LinkedHashMap<>());
    }
    for (Column column : table.columns()) {
      for (int i = 0; i < table.rows(); i++) {
        Map<String, String> values = values(column, column.entries().get(i));
        rows.get(i).putAll(values);
      }
      header.addAll(names(column));
    }
    return CsvText.of(List.copyOf(header), rows);
  }

  private static List<String> names(Column column) {
    if (!column.numeric()) {
      return List.of(column.name());
    }
    List<String> names = new ArrayList<>();
    for (int j = 0; j < column.width(); j++) {
      String name = name(column, j);
      names.addAll(List.of(name, name + "_low", name + "_high"));
    }
    if (!column.source().protocol().isEmpty()) {
      names.addAll(List.of(column.name() + "_samples", column.name() + "_protocol"));
    }
    if (column.hasFloor()) {
      names.add(column.name() + "_below_floor");
    }
    return names;
  }

  private static Map<String, String> values(Column column, Column.Entry entry) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!column.numeric()) {
      values.put(column.name(), entry.raw());
      return values;
    }
    for (int j = 0; j < entry.numbers().size(); j++) {
      Estimate number = entry.numbers().get(j);
      String name = name(column, j);
      values.put(name, String.valueOf(number.value()));
      number.interval().map(Metric.Interval::low).ifPresent(put(values, name + "_low"));
      number.interval().map(Metric.Interval::high).ifPresent(put(values, name + "_high"));
    }
    if (!entry.numbers().isEmpty() && !column.source().protocol().isEmpty()) {
      values.put(column.name() + "_samples", column.source().samples());
      values.put(column.name() + "_protocol", column.source().protocol());
    }
    entry
        .belowFloor()
        .ifPresent(below -> values.put(column.name() + "_below_floor", String.valueOf(below)));
    return values;
  }

  private static Consumer<Double> put(Map<String, String> values, String name) {
    return value -> values.put(name, String.valueOf(value));
  }

  private static String name(Column column, int position) {
    return column.width() == 1 ? column.name() : column.name() + "_" + (position + 1);
  }
}
