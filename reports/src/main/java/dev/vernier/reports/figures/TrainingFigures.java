package dev.vernier.reports.figures;

import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.Method;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.charts.Scale;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The losses of trainings, those that all methods of a figure have: others have other scales. The
 * floor is left out, since what it iterates are no steps of an optimizer.
 */
final class TrainingFigures {
  private static final int MOST_PANELS = 3;

  /** The weighted sum of all losses, which differ between methods. */
  private static final String SUM = "loss";

  private final Measurements measured;

  TrainingFigures(Measurements measured) {
    this.measured = measured;
  }

  /** Of tokenizers, each at its largest size. */
  Optional<Figure> tokenizers() throws IOException {
    return figure(
        "training",
        "Losses of tokenizers in training",
        "The loss itself is the sum that a method minimizes, whose terms and weights differ.",
        Rows.largest(measured.rows()));
  }

  /** Of generators. */
  Optional<Figure> generators() throws IOException {
    Map<String, Row> trained = new LinkedHashMap<>();
    measured.rows().stream()
        .filter(Row::generates)
        .forEach(row -> trained.putIfAbsent(row.method(), row));
    return figure(
        "generator-training",
        "Losses of generators in training",
        "A loss compares generators of one tokenizer, whose codes they predict, and no others.",
        List.copyOf(trained.values()));
  }

  private Optional<Figure> figure(String id, String title, String loss, List<Row> rows)
      throws IOException {
    Map<Row, TrainingLog> logs = new LinkedHashMap<>();
    for (Row row : rows) {
      if (measured.method(row).origin() == Method.Origin.FLOOR) {
        continue;
      }
      TrainingLog log = TrainingLog.read(measured.folders().of(row, row.lowestSeed()));
      if (log.steps() > 1) {
        logs.put(row, log);
      }
    }
    if (logs.isEmpty()) {
      return Optional.empty();
    }
    List<Panel> panels =
        names(logs).stream().limit(MOST_PANELS).map(name -> panel(name, logs)).toList();
    String windows =
        logs.values().stream()
            .map(log -> TrainingLog.width(log.steps()))
            .distinct()
            .map(String::valueOf)
            .collect(Collectors.joining(" or "));
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            measured.figure(
                id,
                title,
                "Losses on training batches, those that all methods share: means over "
                    + windows
                    + " steps. "
                    + loss
                    + " "
                    + measured.dataset()
                    + " "
                    + Captions.cells(logs.keySet()),
                panels));
  }

  /** What all have, the sum last. */
  private static List<String> names(Map<Row, TrainingLog> logs) {
    Set<String> common = new LinkedHashSet<>(logs.values().iterator().next().names());
    logs.values().forEach(log -> common.retainAll(log.names()));
    List<String> names = new ArrayList<>(common);
    if (names.remove(SUM)) {
      names.add(SUM);
    }
    return names;
  }

  private Panel panel(String name, Map<Row, TrainingLog> logs) {
    List<Line> lines = new ArrayList<>();
    logs.forEach(
        (row, log) ->
            lines.add(new Line(measured.method(row), "", Line.Form.CURVE, log.means(name))));
    boolean positive =
        lines.stream().flatMap(line -> line.points().stream()).allMatch(point -> point.y() > 0);
    String words = name.replace('-', ' ');
    String label = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return Panel.spanning(
        name,
        "",
        new Panel.Quantity("Step", Scale.Spacing.LINEAR),
        new Panel.Quantity(
            name.equals(SUM) ? "Loss" : label + " loss",
            positive ? Scale.Spacing.DECADES : Scale.Spacing.LINEAR),
        lines);
  }
}
