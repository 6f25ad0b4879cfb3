package dev.vernier.reports.charts;

import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Published;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of a report: what was measured against total codebook size. */
public final class Figures {
  private static final String PUBLISHED_TITLE =
      "published, ImageNet 256 x 256, Inception features, not comparable";

  private Figures() {}

  /**
   * The figures there are numbers for. An axis holds numbers of one protocol: a metric measured by
   * several gets a panel for each.
   *
   * @param rows all rows
   * @param metrics all metrics of their cells
   * @param measuredOn what the numbers were measured on, in a few words, above the panels
   */
  public static List<Figure> of(List<Row> rows, List<MeasuredBy> metrics, String measuredOn)
      throws IOException {
    List<Figure> figures = new ArrayList<>();
    figureOne(rows, metrics, measuredOn).ifPresent(figures::add);
    usage(rows, measuredOn).ifPresent(figures::add);
    psnr(rows, metrics, measuredOn).ifPresent(figures::add);
    return figures;
  }

  private static Optional<Figure> figureOne(
      List<Row> rows, List<MeasuredBy> metrics, String measuredOn) throws IOException {
    List<Panel> measured = panels("rfid", rows, metrics, measuredOn);
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    Panel published =
        new Panel(
            PUBLISHED_TITLE, "rFID (published)", Series.published(Published.figureOne()), false);
    return Optional.of(
        new Figure(
            "fig1",
            "Reconstruction FID against total codebook size",
            "Reconstruction FID (lower is better) against the number of codes summed over the"
                + " sub-codebooks, one line per method. "
                + whiskers(measured)
                + protocols("rfid", metrics)
                + " Rightmost: the published points, on an axis of their own because other features,"
                + " data and training make them incomparable.",
            Stream.concat(measured.stream(), Stream.of(published)).toList()));
  }

  private static Optional<Figure> psnr(
      List<Row> rows, List<MeasuredBy> metrics, String measuredOn) {
    List<Panel> panels = panels("psnr", rows, metrics, measuredOn);
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "psnr",
                "PSNR against total codebook size",
                "Peak signal-to-noise ratio in dB (higher is better). "
                    + whiskers(panels)
                    + protocols("psnr", metrics),
                panels));
  }

  private static Optional<Figure> usage(List<Row> rows, String measuredOn) {
    List<Series> lines = Series.of(rows, row -> row.totalUsage().map(each -> each.times(100)));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<Panel> panels = List.of(new Panel(measuredOn, "Codebook usage (%)", lines, true));
    return Optional.of(
        new Figure(
            "usage",
            "Codebook usage against total codebook size",
            "Share of all entries, over all sub-codebooks, that occurred in the codes of the"
                + " validation images (higher is better). "
                + whiskers(panels),
            panels));
  }

  private static List<Panel> panels(
      String key, List<Row> rows, List<MeasuredBy> metrics, String measuredOn) {
    List<Panel> panels = new ArrayList<>();
    for (MeasuredBy metric : metrics) {
      if (metric.key().equals(key)) {
        List<Series> lines = Series.of(rows, row -> row.metric(key, metric.protocol()));
        if (!lines.isEmpty()) {
          String title = measuredOn + (metric.alone() ? "" : ", protocol " + metric.protocol());
          panels.add(new Panel(title, metric.label(), lines, true));
        }
      }
    }
    return panels;
  }

  private static String protocols(String key, List<MeasuredBy> metrics) {
    return metrics.stream()
        .filter(metric -> metric.key().equals(key))
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
      said.add("Whiskers: 95% intervals over " + over + " seeds (Student's t).");
    }
    if (all.stream().anyMatch(each -> each.basis() == Estimate.Basis.METRIC)) {
      said.add(
          (over.isEmpty() ? "Whiskers:" : "With fewer than three seeds:")
              + " the metric's own 95% interval over images, which leaves out the spread between"
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
