package dev.vernier.reports.figures;

import dev.vernier.records.MetricKind;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.Method;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.charts.Scale;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import dev.vernier.spi.TokenizerSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The rFID against what a tokenizer costs, with the border of those that nothing beats in both. */
final class CostFigure {
  private static final double MILLION = 1e6;

  private final Measurements measured;

  CostFigure(Measurements measured) {
    this.measured = measured;
  }

  /** The figure; empty where fewer than two tokenizers have an rFID. */
  Optional<Figure> figure() {
    List<Panel> panels = new ArrayList<>();
    for (MeasuredBy metric : measured.metrics()) {
      if (metric.key().equals(MetricKind.RFID.key())) {
        String suffix = metric.isNamed() ? "-" + metric.protocol() : "";
        String title = metric.isNamed() ? "protocol " + metric.protocol() : "";
        panel("throughput" + suffix, title, "Images per second ↑", true, metric, CostFigure::rate)
            .ifPresent(panels::add);
        panel(
                "parameters" + suffix,
                title,
                "Parameters (millions) ↓",
                false,
                metric,
                CostFigure::parameters)
            .ifPresent(panels::add);
      }
    }
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            measured.figure(
                "cost",
                "Reconstruction FID against throughput and parameters",
                "Reconstruction FID (lower is better) against the images encoded and decoded in a"
                    + " second, on the machine that measured it and beside its other work, and"
                    + " against the trained parameters; labels give the total codebook size. Grey:"
                    + " the Pareto front; no method beats a point on it in both. "
                    + measured.dataset()
                    + " "
                    + Captions.whiskers(estimates())
                    + Captions.protocols(List.of(MetricKind.RFID), measured.metrics())
                    + Captions.floor(measured.rows().stream().map(Row::label), measured.floor())
                    + Captions.missing(measured.rows(), MetricKind.RFID),
                panels));
  }

  /** Every rFID that has a cost. */
  private List<Estimate> estimates() {
    return measured.metrics().stream()
        .filter(metric -> metric.key().equals(MetricKind.RFID.key()))
        .flatMap(
            metric ->
                measured.rows().stream()
                    .filter(row -> rate(row).isPresent() || parameters(row).isPresent())
                    .flatMap(row -> row.metric(metric.key(), metric.protocol()).stream()))
        .toList();
  }

  private static Optional<Double> rate(Row row) {
    return row.roundTrips().map(Estimate::value);
  }

  private static Optional<Double> parameters(Row row) {
    return row.parameters().map(count -> count / MILLION);
  }

  private Optional<Panel> panel(
      String id,
      String title,
      String label,
      boolean moreIsBetter,
      MeasuredBy metric,
      Function<Row, Optional<Double>> cost) {
    Map<Method, List<Line.Point>> byMethod = new LinkedHashMap<>();
    for (Row row : measured.rows()) {
      Optional<Estimate> rfid = row.metric(metric.key(), metric.protocol());
      Optional<Double> x = cost.apply(row).filter(each -> each > 0);
      if (rfid.isPresent() && x.isPresent()) {
        byMethod
            .computeIfAbsent(measured.method(row), each -> new ArrayList<>())
            .add(
                new Line.Point(
                    x.get(),
                    rfid.get().value(),
                    rfid.get().interval().map(each -> new Line.Whisker(each.low(), each.high())),
                    String.format(Locale.ROOT, "%,d", row.size()),
                    new Line.Cost(row.spec().map(TokenizerSpec::bitsPerToken), row.parameters())));
      }
    }
    List<Line> lines = new ArrayList<>();
    byMethod.forEach((method, of) -> lines.add(new Line(method, "", Line.Form.POINTS, of)));
    if (lines.stream().mapToInt(line -> line.points().size()).sum() < 2) {
      return Optional.empty();
    }
    Panel panel =
        Panel.spanning(
            id,
            title,
            new Panel.Quantity(label, Scale.Spacing.DECADES),
            new Panel.Quantity(AxisLabels.of(metric), Scale.Spacing.LINEAR),
            lines);
    lines.add(0, front(panel.points().toList(), moreIsBetter, panel.x(), panel.y()));
    return Optional.of(new Panel(id, title, panel.x(), panel.y(), lines));
  }

  /**
   * Steps along the points that no other one beats by both, from one side of the axes to another.
   */
  static Line front(List<Line.Point> points, boolean moreIsBetter, Scale x, Scale y) {
    Comparator<Line.Point> cheapestFirst = Comparator.comparingDouble(Line.Point::x);
    List<Line.Point> sorted =
        points.stream()
            .sorted(
                (moreIsBetter ? cheapestFirst.reversed() : cheapestFirst)
                    .thenComparing(Line.Point::y))
            .toList();
    List<Line.Point> corners = new ArrayList<>();
    double best = y.high();
    for (Line.Point each : sorted) {
      if (each.y() < best) {
        corners.add(Line.Point.of(each.x(), best));
        corners.add(Line.Point.of(each.x(), each.y()));
        best = each.y();
      }
    }
    corners.add(Line.Point.of(moreIsBetter ? x.low() : x.high(), best));
    Method none = new Method("Pareto front", "", Method.Origin.MEASURED);
    return new Line(none, "", Line.Form.FRONT, corners);
  }
}
