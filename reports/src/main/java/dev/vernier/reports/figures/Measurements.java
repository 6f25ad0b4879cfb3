package dev.vernier.reports.figures;

import dev.vernier.records.Run;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.LineStyles;
import dev.vernier.reports.charts.Method;
import dev.vernier.reports.charts.PageWidth;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Published;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What figures are drawn from, and what all of them have in common. */
final class Measurements {
  private static final String WITH_PUBLISHED = "fig1";

  private final List<Run> runs;
  private final List<Row> rows;
  private final List<MeasuredBy> metrics;
  private final Set<String> floor;
  private final String measuredOn;
  private final PageWidth page;
  private final LineStyles styles;

  Measurements(
      List<Run> runs,
      List<Row> rows,
      List<MeasuredBy> metrics,
      Floor floor,
      String measuredOn,
      PageWidth page)
      throws IOException {
    this.runs = runs;
    this.rows = rows;
    this.metrics = metrics;
    this.floor = rows.stream().filter(floor::is).map(Row::label).collect(Collectors.toSet());
    this.measuredOn = measuredOn;
    this.page = page;
    List<Method> methods =
        new ArrayList<>(rows.stream().map(row -> method(row.label(), row.family())).toList());
    if (followsFigureOne()) {
      for (Series line : Series.published(Published.figureOne(), Axis.SIZE)) {
        methods.add(new Method(line.name(), line.family(), Method.Origin.PUBLISHED));
      }
    }
    this.styles = LineStyles.of(methods);
  }

  List<Row> rows() {
    return rows;
  }

  List<MeasuredBy> metrics() {
    return metrics;
  }

  CellFolders folders() {
    return new CellFolders(runs);
  }

  /** Whether the experiment follows the paper's figure 1, whose points are then drawn, too. */
  boolean followsFigureOne() {
    return runs.get(0).record().experiment().equals(WITH_PUBLISHED);
  }

  /** What the numbers were measured on, as a sentence. */
  String dataset() {
    return Character.toUpperCase(measuredOn.charAt(0)) + measuredOn.substring(1) + ".";
  }

  /** Whose numbers a line of rows shows. */
  Method method(String label, String family) {
    return new Method(
        label, family, floor.contains(label) ? Method.Origin.FLOOR : Method.Origin.MEASURED);
  }

  Method method(Row row) {
    return method(row.label(), row.family());
  }

  /** The labels of the floor's rows. */
  Set<String> floor() {
    return floor;
  }

  Figure figure(String id, String title, String caption, List<Panel> panels) {
    return figure(id, title, caption, panels, styles);
  }

  /** A figure whose lines are no methods of the report, and look as their own styles say. */
  Figure figure(
      String id, String title, String caption, List<Panel> panels, LineStyles otherStyles) {
    return new Figure(id, title, caption, panels, otherStyles, page);
  }
}
