package dev.vernier.reports.charts;

import dev.vernier.reports.text.CsvText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The points of a figure, a row each, every digit of every number. */
final class PointsCsv {
  private static final List<String> HEADER =
      List.of(
          "panel",
          "x_axis",
          "y_axis",
          "line",
          "origin",
          "x",
          "y",
          "low",
          "high",
          "note",
          "bits_per_token",
          "parameters");

  private PointsCsv() {}

  static String of(Figure figure) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Panel panel : figure.panels()) {
      for (Line line : panel.lines()) {
        line.points().forEach(point -> rows.add(row(panel, line, point)));
      }
    }
    return CsvText.of(HEADER, rows);
  }

  private static Map<String, String> row(Panel panel, Line line, Line.Point point) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("panel", panel.id());
    row.put("x_axis", panel.x().label());
    row.put("y_axis", panel.y().label());
    row.put("line", line.name());
    row.put(
        "origin",
        line.form() == Line.Form.FRONT
            ? "front"
            : line.method().origin().name().toLowerCase(Locale.ROOT));
    row.put("x", String.valueOf(point.x()));
    row.put("y", String.valueOf(point.y()));
    row.put("low", point.whisker().map(each -> String.valueOf(each.low())).orElse(""));
    row.put("high", point.whisker().map(each -> String.valueOf(each.high())).orElse(""));
    row.put("note", point.note());
    row.put("bits_per_token", point.cost().bitsPerToken().map(String::valueOf).orElse(""));
    row.put("parameters", point.cost().parameters().map(String::valueOf).orElse(""));
    return row;
  }
}
