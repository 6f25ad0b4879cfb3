package dev.vernier.reports.figures;

import dev.vernier.records.Run;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.PageWidth;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of a run, for tests to look at. */
final class FiguresOfRun {
  private FiguresOfRun() {}

  /** All of them by id. */
  static Map<String, Figure> of(Run run, String measuredOn, Axis... axes) throws IOException {
    List<Row> rows = Rows.of(List.of(run));
    return Figures.of(
            List.of(run),
            rows,
            MeasuredBy.in(run.cells()),
            new Floor(List.of(run), rows),
            measuredOn,
            List.of(axes),
            PageWidth.DOUBLE)
        .stream()
        .collect(Collectors.toMap(Figure::id, each -> each));
  }

  static Panel panel(Figure figure, String id) {
    return figure.panels().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  static Line line(Panel panel, String name) {
    return panel.lines().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
