package dev.vernier.reports.charts;

import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Published;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of a report: what was measured against total codebook size or bits per token. */
public final class Figures {
  private static final String PUBLISHED_TITLE =
      "published, ImageNet 256 x 256, Inception features, not comparable";

  private final List<Row> rows;
  private final List<MeasuredBy> metrics;
  private final Set<String> floor;
  private final String measuredOn;
  private final Axis axis;

  private Figures(
      List<Row> rows, List<MeasuredBy> metrics, Set<String> floor, String measuredOn, Axis axis) {
    this.rows = rows;
    this.metrics = metrics;
    this.floor = floor;
    this.measuredOn = measuredOn;
    this.axis = axis;
  }

  /**
   * The figures there are lines for. An axis holds numbers of one protocol: a metric measured by
   * several gets a panel for each.
   *
   * @param rows all rows
   * @param metrics all metrics of their cells
   * @param floor tells which of the rows are the floor
   * @param measuredOn what the numbers were measured on, in a few words, above the panels
   * @param axes what they are drawn against, each in figures of its own
   */
  public static List<Figure> of(
      List<Row> rows, List<MeasuredBy> metrics, Floor floor, String measuredOn, List<Axis> axes)
      throws IOException {
    Set<String> labels =
        rows.stream()
            .filter(floor::is)
            .map(Row::label)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Figures> all =
        axes.stream().map(axis -> new Figures(rows, metrics, labels, measuredOn, axis)).toList();
    List<Figure> figures = new ArrayList<>();
    for (Figures each : all) {
      each.figureOne().ifPresent(figures::add);
    }
    all.forEach(each -> each.usage().ifPresent(figures::add));
    all.forEach(each -> each.psnr().ifPresent(figures::add));
    return figures;
  }

  private Optional<Figure> figureOne() throws IOException {
    List<Panel> measured = panels(MetricKind.RFID);
    if (!hasLines(measured)) {
      return Optional.empty();
    }
    List<Series> lines = Series.published(Published.figureOne(), axis);
    Panel published =
        new Panel(
            PUBLISHED_TITLE,
            MetricKind.RFID.label() + " (published)",
            axis,
            lines,
            Set.of(),
            false);
    return Optional.of(
        new Figure(
            "fig1" + axis.suffix(),
            "Reconstruction FID against " + axis.words(),
            "Reconstruction FID (lower is better) against "
                + axis.meaning()
                + ", one line per method. "
                + whiskers(measured)
                + protocols(MetricKind.RFID, metrics)
                + " Intervals are for the distance at this N, whose bias they leave in."
                + floor(measured)
                + missing(MetricKind.RFID)
                + " Rightmost: the published points, on an axis of their own because other features,"
                + " data and training make them incomparable.",
            Stream.concat(measured.stream(), Stream.of(published)).toList()));
  }

  private Optional<Figure> psnr() {
    List<Panel> panels = panels(MetricKind.PSNR);
    return hasLines(panels)
        ? Optional.of(
            new Figure(
                MetricKind.PSNR.key() + axis.suffix(),
                MetricKind.PSNR.label() + " against " + axis.words(),
                "Peak signal-to-noise ratio in dB (higher is better). "
                    + whiskers(panels)
                    + protocols(MetricKind.PSNR, metrics)
                    + floor(panels)
                    + missing(MetricKind.PSNR),
                panels))
        : Optional.empty();
  }

  private Optional<Figure> usage() {
    List<Series> lines =
        Series.of(rows, axis, row -> row.totalUsage().map(each -> each.times(100)));
    List<Panel> panels =
        List.of(new Panel(measuredOn, "Codebook usage (%)", axis, lines, floor, true));
    return hasLines(panels)
        ? Optional.of(
            new Figure(
                MetricKind.USAGE.key() + axis.suffix(),
                "Codebook usage against " + axis.words(),
                "Share of all entries, over all sub-codebooks, that occurred in the codes of the"
                    + " validation images (higher is better). "
                    + whiskers(panels)
                    + floor(panels)
                    + missing(MetricKind.USAGE),
                panels))
        : Optional.empty();
  }

  /** Whether half of what is drawn or more are lines: of single points a table says more. */
  private static boolean hasLines(List<Panel> panels) {
    List<Series> all = panels.stream().flatMap(panel -> panel.series().stream()).toList();
    long lines = all.stream().filter(each -> each.points().size() > 1).count();
    return !all.isEmpty() && 2 * lines >= all.size();
  }

  private List<Panel> panels(MetricKind kind) {
    List<Panel> panels = new ArrayList<>();
    for (MeasuredBy metric : metrics) {
      if (metric.key().equals(kind.key())) {
        List<Series> lines =
            Series.of(rows, axis, row -> row.metric(kind.key(), metric.protocol()));
        if (!lines.isEmpty()) {
          String title = measuredOn + (metric.alone() ? "" : ", protocol " + metric.protocol());
          panels.add(new Panel(title, metric.label(), axis, lines, floor, true));
        }
      }
    }
    return panels;
  }

  /** Says which lines of the panels are the floor. */
  private String floor(List<Panel> panels) {
    String drawn =
        floor.stream()
            .filter(
                label ->
                    panels.stream()
                        .flatMap(panel -> panel.series().stream())
                        .anyMatch(line -> line.name().equals(label)))
            .collect(Collectors.joining(", "));
    return drawn.isEmpty()
        ? ""
        : " "
            + drawn
            + ": the floor, grey and dashed, which the other methods have to beat at the same size.";
  }

  /** Says which points are not drawn though they were measured, and why. */
  private String missing(MetricKind kind) {
    String words =
        rows.stream()
            .flatMap(row -> row.missing(kind.key()).stream())
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? "" : " Missing: " + words + ".";
  }

  private static String protocols(MetricKind kind, List<MeasuredBy> metrics) {
    return metrics.stream()
        .filter(metric -> metric.key().equals(kind.key()))
        .map(metric -> " Protocol " + metric.protocol() + ", N = " + metric.samples() + ".")
        .collect(Collectors.joining());
  }

  /** Says where the whiskers come from, for all points of the panels. */
  private static String whiskers(List<Panel> panels) {
    List<Estimate> all =
        panels.stream().flatMap(Panel::points).map(Series.Point::estimate).toList();
    List<String> said = new ArrayList<>();
    String over = seeds(all);
    if (!over.isEmpty()) {
      said.add(
          "Whiskers: 95% intervals over " + over + " seeds (Student's t), all on the same images.");
    }
    if (all.stream().anyMatch(each -> each.basis() == Estimate.Basis.METRIC)) {
      said.add(
          (over.isEmpty() ? "Whiskers:" : "With fewer than three seeds:")
              + " the metric's own 95% interval over images, at this N, which leaves out the spread between"
              + " seeds.");
    }
    if (all.stream().anyMatch(each -> each.basis() == Estimate.Basis.NONE)) {
      said.add(
          said.isEmpty()
              ? "No intervals: fewer than three seeds."
              : "Some points have no interval.");
    }
    return String.join(" ", said);
  }

  private static String seeds(List<Estimate> all) {
    int[] counts =
        all.stream()
            .filter(each -> each.basis() == Estimate.Basis.SEEDS)
            .mapToInt(Estimate::seeds)
            .sorted()
            .toArray();
    if (counts.length == 0) {
      return "";
    }
    int least = counts[0];
    int most = counts[counts.length - 1];
    return least == most ? String.valueOf(most) : least + " to " + most;
  }
}
