package dev.vernier.reports.figures;

import dev.vernier.records.CellFile;
import dev.vernier.records.ClassScores;
import dev.vernier.records.MetricKind;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.charts.Scale;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What metrics say of each class of the images, each method at its largest size. */
final class ClassFigure {
  private static final List<MetricKind> KINDS =
      List.of(MetricKind.RFID, MetricKind.PSNR, MetricKind.LPIPS);

  /** More classes are drawn as a curve. */
  private static final int MOST_MARKERS = 20;

  private final Measurements measured;
  private final Map<Row, ClassScores> scores;
  private final String missing;

  private ClassFigure(Measurements measured, Map<Row, ClassScores> scores, String missing) {
    this.measured = measured;
    this.scores = scores;
    this.missing = missing;
  }

  /** The figure; empty where no cell knows of classes. Cells of other classes are left out. */
  static Optional<Figure> of(Measurements measured) throws IOException {
    BesideCells<ClassScores> beside = BesideCells.read(CellFile.CLASSES, measured);
    Map<Row, ClassScores> scores = new LinkedHashMap<>();
    beside
        .records()
        .forEach(
            (row, each) -> {
              boolean alike =
                  scores.values().stream().allMatch(other -> names(other).equals(names(each)));
              if (each.classes().size() > 1 && alike) {
                scores.put(row, each);
              }
            });
    return scores.isEmpty()
        ? Optional.empty()
        : Optional.of(new ClassFigure(measured, scores, beside.missing()).figure());
  }

  private static List<String> names(ClassScores scores) {
    return scores.classes().stream().map(ClassScores.OfClass::name).toList();
  }

  private Figure figure() {
    List<Integer> order = order();
    Map<MeasuredBy, Panel> drawn = new LinkedHashMap<>();
    for (MetricKind kind : KINDS) {
      first(kind)
          .ifPresent(metric -> panel(metric, order).ifPresent(panel -> drawn.put(metric, panel)));
    }
    List<Panel> panels = List.copyOf(drawn.values());
    List<ClassScores.OfClass> classes = first().classes();
    return measured.figure(
        "classes",
        "Metrics of each class",
        "Each class of the images by itself, in the order of its mean PSNR over all methods: first"
            + " "
            + classes.get(order.get(0)).name()
            + ", last "
            + classes.get(order.get(order.size() - 1)).name()
            + "."
            + frechet(panels)
            + " "
            + images()
            + " No intervals. "
            + measured.dataset()
            + " Each method at its largest size: "
            + Captions.cells(scores.keySet())
            + missing
            + Captions.protocols(KINDS, List.copyOf(drawn.keySet())),
        panels);
  }

  private String images() {
    LongSummaryStatistics images =
        first().classes().stream().mapToLong(ClassScores.OfClass::images).summaryStatistics();
    return images.getMin() == images.getMax()
        ? "Each class has %,d images.".formatted(images.getMax())
        : "A class has %,d to %,d images.".formatted(images.getMin(), images.getMax());
  }

  /** The metric, by the first of the protocols that computed it. */
  private Optional<MeasuredBy> first(MetricKind kind) {
    return measured.metrics().stream()
        .filter(metric -> metric.key().equals(kind.key()))
        .findFirst();
  }

  private ClassScores first() {
    return scores.values().iterator().next();
  }

  /** Says what an rFID of a class is worth, or why there is none. */
  private String frechet(List<Panel> panels) {
    long most = first().classes().stream().mapToLong(ClassScores.OfClass::images).max().orElse(0);
    return panels.stream().anyMatch(panel -> panel.id().equals(MetricKind.RFID.key()))
        ? " With few images rFID is biased upwards, for all methods alike: it compares methods within a"
            + " class, not a class with the whole set."
        : " There is no rFID of a class: it takes at least %,d images, the largest class has %,d."
            .formatted(first().fewest(), most);
  }

  /** The classes, from the lowest mean PSNR to the highest. */
  private List<Integer> order() {
    return IntStream.range(0, first().classes().size())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                i ->
                    scores.values().stream()
                        .mapToDouble(
                            each ->
                                each.classes()
                                    .get(i)
                                    .metrics()
                                    .getOrDefault(MetricKind.PSNR.key(), 0.0))
                        .average()
                        .orElse(0)))
        .toList();
  }

  private Optional<Panel> panel(MeasuredBy metric, List<Integer> order) {
    Line.Form form = order.size() > MOST_MARKERS ? Line.Form.CURVE : Line.Form.JOINED;
    List<Line> lines = new ArrayList<>();
    scores.forEach(
        (row, each) -> {
          List<Line.Point> points = points(each, metric.key(), order);
          // The scores of a class are by the protocol of the whole.
          if (!points.isEmpty() && row.metric(metric.key(), metric.protocol()).isPresent()) {
            lines.add(new Line(measured.method(row), "", form, points));
          }
        });
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Panel.spanning(
                metric.key(),
                "",
                new Panel.Quantity("Class, by mean PSNR", Scale.Spacing.INTEGERS),
                new Panel.Quantity(AxisLabels.of(metric), Scale.Spacing.LINEAR),
                lines));
  }

  private static List<Line.Point> points(ClassScores scores, String key, List<Integer> order) {
    return IntStream.range(0, order.size())
        .filter(i -> scores.classes().get(order.get(i)).metrics().containsKey(key))
        .mapToObj(i -> Line.Point.of(i + 1, scores.classes().get(order.get(i)).metrics().get(key)))
        .toList();
  }
}
