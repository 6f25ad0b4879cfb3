package dev.vernier.reports.html;

import dev.vernier.records.Cell;
import dev.vernier.reports.comparison.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What runs say of their cells, each note once. */
final class CellNotes {
  private CellNotes() {}

  /** Notes with what they are of: single cells, all of a label, or all there are, unsaid. */
  static List<String> of(List<Row> rows) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    Map<String, Map<String, List<String>>> found = new LinkedHashMap<>();
    for (Row row : rows) {
      for (Cell cell : row.cells()) {
        String name = named(row, cell);
        all.computeIfAbsent(row.label(), each -> new ArrayList<>()).add(name);
        for (String note : new LinkedHashSet<>(cell.notes())) {
          found
              .computeIfAbsent(note, each -> new LinkedHashMap<>())
              .computeIfAbsent(row.label(), each -> new ArrayList<>())
              .add(name);
        }
      }
    }
    return found.entrySet().stream()
        .map(each -> each.getKey() + whose(each.getValue(), all))
        .toList();
  }

  private static String whose(Map<String, List<String>> some, Map<String, List<String>> all) {
    if (some.equals(all)) {
      return "";
    }
    return some.entrySet().stream()
        .map(
            each ->
                each.getValue().equals(all.get(each.getKey()))
                    ? each.getKey()
                    : String.join("; ", each.getValue()))
        .collect(Collectors.joining("; ", " (", ")"));
  }

  private static String named(Row row, Cell cell) {
    return row.spec().isPresent()
        ? String.format(Locale.ROOT, "%s, %,d codes, %s", row.label(), row.size(), cell.seedWords())
        : row.label() + ", " + cell.seedWords();
  }
}
