package dev.vernier.reports.figures;

import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.Method;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.charts.Scale;
import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Published;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What was measured against total codebook size or bits per token. An axis holds numbers of one
 * protocol: a metric measured by several gets a panel for each.
 */
final class SweepFigures {
  private static final List<MetricKind> DISTORTION =
      List.of(MetricKind.PSNR, MetricKind.SSIM, MetricKind.LPIPS);

  private final Measurements measured;
  private final Axis axis;

  SweepFigures(Measurements measured, Axis axis) {
    this.measured = measured;
    this.axis = axis;
  }

  /** A panel, and the lines it is of. */
  private record Drawn(Panel panel, List<Series> series) {
    static List<Panel> panels(List<Drawn> all) {
      return all.stream().map(Drawn::panel).toList();
    }

    static List<Estimate> estimates(List<Drawn> all) {
      return all.stream()
          .flatMap(each -> each.series.stream())
          .flatMap(line -> line.points().stream())
          .map(Series.Point::estimate)
          .toList();
    }

    static Stream<String> names(List<Drawn> all) {
      return all.stream().flatMap(each -> each.series.stream()).map(Series::name);
    }

    /** Whether there is more than one point: of one a table says as much. */
    static boolean compare(List<Drawn> all) {
      return all.stream()
          .anyMatch(each -> each.series.stream().mapToInt(line -> line.points().size()).sum() > 1);
    }
  }

  /** The rFID, beside the paper's where the experiment follows its figure. */
  Optional<Figure> rfid() throws IOException {
    List<Drawn> drawn = drawn(List.of(MetricKind.RFID));
    if (!Drawn.compare(drawn)) {
      return Optional.empty();
    }
    List<Panel> panels = new ArrayList<>();
    for (Drawn each : drawn) {
      panels.add(measured.followsFigureOne() ? titled(each, "Measured").panel() : each.panel());
    }
    String caption =
        "Reconstruction FID (lower is better) against "
            + axis.meaning()
            + ", one line per method. "
            + common(drawn, MetricKind.RFID)
            + " Intervals are for the distance at this N, bias included.";
    if (measured.followsFigureOne()) {
      panels.add(published());
      caption +=
          " Last panel: the published points, on an axis of their own because other features, data"
              + " and training make them incomparable.";
    }
    return Optional.of(
        measured.figure(
            (measured.followsFigureOne() ? "fig1" : MetricKind.RFID.key()) + axis.suffix(),
            "Reconstruction FID against " + axis.words(),
            caption,
            panels));
  }

  private Panel published() throws IOException {
    List<Series> lines = Series.published(Published.figureOne(), axis);
    return panel(
        "published",
        "Published (ImageNet 256 × 256, Inception features)",
        AxisLabels.with(MetricKind.RFID.better(), MetricKind.RFID.label()),
        Scale.Spacing.LINEAR,
        lines,
        line -> new Method(line.name(), line.family(), Method.Origin.PUBLISHED));
  }

  /** How much of the codebooks is in use, and how evenly. */
  Optional<Figure> usage() {
    List<MeasuredBy> protocols = MeasuredBy.usage(Row.cellsOf(measured.rows()));
    List<Drawn> drawn = protocols.stream().flatMap(this::use).toList();
    return Drawn.compare(drawn)
        ? Optional.of(
            measured.figure(
                MetricKind.USAGE.key() + axis.suffix(),
                "Codebook usage and perplexity against " + axis.words(),
                "Usage: share of all entries, over all sub-codebooks, that occurred in the codes of"
                    + " the validation images (higher is better). Perplexity: the number"
                    + " of equally frequent entries with the same entropy, summed over the"
                    + " sub-codebooks; uniform use gives the total size. "
                    + common(drawn, protocols, MetricKind.USAGE, MetricKind.PERPLEXITY),
                Drawn.panels(drawn)))
        : Optional.empty();
  }

  /** Usage and perplexity as one protocol counted them. */
  private Stream<Drawn> use(MeasuredBy usage) {
    Optional<Drawn> share =
        drawn(
            usage,
            MetricKind.USAGE,
            AxisLabels.with(MetricKind.USAGE.better(), "Codebook usage (%)"),
            Scale.Spacing.LINEAR,
            row ->
                row.totalUsage()
                    .filter(each -> row.isMeasuredBy(usage))
                    .map(each -> each.times(100)));
    Optional<Drawn> perplexity =
        drawn(
            usage,
            MetricKind.PERPLEXITY,
            MetricKind.PERPLEXITY.label(),
            Scale.Spacing.POWERS_OF_TWO,
            row ->
                row.totalPerplexity()
                    .filter(each -> row.isMeasuredBy(usage))
                    .map(SweepFigures::fromOneOn));
    return Stream.concat(share.stream(), perplexity.stream());
  }

  /** No perplexity is below 1, but the interval over a few seeds may reach there. */
  private static Estimate fromOneOn(Estimate perplexity) {
    return new Estimate(
        perplexity.value(),
        perplexity
            .interval()
            .map(each -> new Metric.Interval(Math.max(1, each.low()), each.high())),
        perplexity.basis(),
        perplexity.seeds());
  }

  /** What pairs of images say. */
  Optional<Figure> distortion() {
    List<Drawn> drawn = drawn(DISTORTION);
    return Drawn.compare(drawn)
        ? Optional.of(
            measured.figure(
                "distortion" + axis.suffix(),
                "Distortion against " + axis.words(),
                "Distortion of the reconstructions, the mean over the images; arrows show which"
                    + " direction is better. "
                    + common(drawn, DISTORTION.toArray(MetricKind[]::new)),
                Drawn.panels(drawn)))
        : Optional.empty();
  }

  private String common(List<Drawn> drawn, MetricKind... kinds) {
    return common(drawn, measured.metrics(), kinds);
  }

  private String common(List<Drawn> drawn, List<MeasuredBy> metrics, MetricKind... kinds) {
    List<Estimate> all = Drawn.estimates(drawn);
    return measured.dataset()
        + " "
        + Captions.whiskers(all)
        + " Overlapping points are drawn side by side."
        + Captions.protocols(List.of(kinds), metrics)
        + Captions.floor(Drawn.names(drawn), measured.floor())
        + Captions.missing(measured.rows(), kinds);
  }

  private List<Drawn> drawn(List<MetricKind> kinds) {
    List<Drawn> drawn = new ArrayList<>();
    for (MetricKind kind : kinds) {
      for (MeasuredBy metric : measured.metrics()) {
        if (metric.key().equals(kind.key())) {
          drawn(
                  metric,
                  kind,
                  AxisLabels.of(metric),
                  Scale.Spacing.LINEAR,
                  row -> row.metric(kind.key(), metric.protocol()))
              .ifPresent(drawn::add);
        }
      }
    }
    return drawn;
  }

  /** A panel of what one protocol measured, which it names where there are several. */
  private Optional<Drawn> drawn(
      MeasuredBy metric,
      MetricKind kind,
      String label,
      Scale.Spacing spacing,
      Function<Row, Optional<Estimate>> number) {
    return metric.isNamed()
        ? drawn(kind.key() + "-" + metric.protocol(), label, spacing, number)
            .map(each -> titled(each, "protocol " + metric.protocol()))
        : drawn(kind.key(), label, spacing, number);
  }

  private static Drawn titled(Drawn drawn, String words) {
    Panel panel = drawn.panel();
    String title = panel.title().isEmpty() ? words : words + ", " + panel.title();
    return new Drawn(
        new Panel(panel.id(), title, panel.x(), panel.y(), panel.lines()), drawn.series());
  }

  private Optional<Drawn> drawn(
      String id, String label, Scale.Spacing spacing, Function<Row, Optional<Estimate>> number) {
    List<Series> lines =
        Series.of(
            measured.rows(),
            axis,
            row ->
                number
                    .apply(row)
                    .filter(each -> spacing == Scale.Spacing.LINEAR || each.low() > 0));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Drawn(
                panel(
                    id,
                    "",
                    label,
                    spacing,
                    lines,
                    line -> measured.method(line.name(), line.family())),
                lines));
  }

  private Panel panel(
      String id,
      String title,
      String label,
      Scale.Spacing spacing,
      List<Series> series,
      Function<Series, Method> method) {
    List<Line> lines =
        series.stream()
            .map(
                line ->
                    new Line(
                        method.apply(line),
                        "",
                        Line.Form.JOINED,
                        line.points().stream().map(SweepFigures::point).toList()))
            .toList();
    Panel.Quantity across =
        axis == Axis.SIZE
            ? new Panel.Quantity("Total codebook size", Scale.Spacing.POWERS_OF_TWO)
            : new Panel.Quantity("Bits per token", Scale.Spacing.INTEGERS);
    return Panel.spanning(id, title, across, new Panel.Quantity(label, spacing), lines);
  }

  private static Line.Point point(Series.Point point) {
    Estimate estimate = point.estimate();
    return new Line.Point(
        point.at(),
        estimate.value(),
        estimate.interval().map(each -> new Line.Whisker(each.low(), each.high())),
        point.note(),
        new Line.Cost(Optional.of(point.bitsPerToken()), point.parameters()));
  }
}
