package dev.vernier.reports.comparison;

import dev.vernier.records.Cell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes labels that tell rows apart. Rows of one label and one size would be two points of a line
 * above each other; such rows get the settings that differ, or the run, into their label, and so do
 * all others of the same line.
 */
final class Labels {
  private Labels() {}

  static List<Row> distinct(List<Row> rows) {
    List<Row> bySettings = relabel(rows, Row::runs, Labels::withSettings);
    return relabel(bySettings, row -> "", Labels::withRuns);
  }

  /** Rows whose sizes nothing beside them says: those of one label have them in it. */
  static List<Row> withSizes(List<Row> distinct) {
    Map<Object, List<Row>> lines = grouped(distinct, Row::label);
    return distinct.stream()
        .map(row -> lines.get(row.label()).size() == 1 ? row : row.withLabel(sized(row)))
        .toList();
  }

  private static String sized(Row row) {
    return row.spec().isPresent()
        ? String.format(Locale.ROOT, "%s, %,d codes", row.label(), row.size())
        : row.label();
  }

  /** Applies a distinction to every label under which rows of the same place and size clash. */
  private static List<Row> relabel(
      List<Row> rows, Function<Row, Object> place, Function<List<List<Row>>, Naming> distinction) {
    Map<String, Naming> namings = new LinkedHashMap<>();
    grouped(rows, Row::label)
        .forEach(
            (label, line) -> {
              List<List<Row>> clashes =
                  grouped(line, row -> List.of(place.apply(row), row.size())).values().stream()
                      .filter(each -> each.size() > 1)
                      .toList();
              if (!clashes.isEmpty()) {
                namings.put((String) label, distinction.apply(clashes));
              }
            });
    List<Row> relabelled = new ArrayList<>();
    for (Row row : rows) {
      Naming naming = namings.get(row.label());
      relabelled.add(naming == null ? row : row.withLabel(row.label() + naming.suffix(row)));
    }
    return relabelled;
  }

  private static Naming withSettings(Collection<List<Row>> clashes) {
    Set<String> names = new LinkedHashSet<>();
    for (List<Row> clash : clashes) {
      clash.forEach(row -> names.addAll(deciding(row).keySet()));
    }
    names.removeIf(name -> clashes.stream().allMatch(clash -> same(clash, name)));
    return row ->
        names.stream()
            .map(name -> ", " + name + "=" + deciding(row).getOrDefault(name, ""))
            .collect(Collectors.joining());
  }

  private static boolean same(List<Row> rows, String name) {
    String first = deciding(rows.get(0)).get(name);
    return rows.stream().allMatch(row -> Objects.equals(first, deciding(row).get(name)));
  }

  private static Naming withRuns(Collection<List<Row>> clashes) {
    return row ->
        (row.runs().size() == 1 ? " (run " : " (runs ")
            + row.runs().stream().map(String::valueOf).collect(Collectors.joining(", "))
            + ")";
  }

  private static Map<String, String> deciding(Row row) {
    Cell cell = row.cells().get(0);
    Map<String, String> all = new LinkedHashMap<>(cell.settings());
    all.putAll(cell.training());
    all.putAll(Generations.deciding(cell));
    return all;
  }

  private static Map<Object, List<Row>> grouped(List<Row> rows, Function<Row, Object> key) {
    return rows.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  /** What is appended to the label of a row. */
  private interface Naming {
    String suffix(Row row);
  }
}
