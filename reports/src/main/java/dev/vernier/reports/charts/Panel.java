package dev.vernier.reports.charts;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One pair of axes.
 *
 * @param id what tells its files from those of the others
 * @param title what is above it; may be empty
 * @param x what points are placed by
 * @param y what they are
 * @param lines at least one, of which later ones are drawn over earlier ones
 */
public record Panel(String id, String title, Scale x, Scale y, List<Line> lines) {
  /** Copies the list. */
  public Panel {
    lines = List.copyOf(lines);
  }

  /**
   * What an axis shows, before it is known which numbers it spans.
   *
   * @param label what they are
   * @param spacing how they are spaced
   */
  public record Quantity(String label, Scale.Spacing spacing) {
    private Scale spanning(DoubleStream numbers) {
      return Scale.covering(label, spacing, numbers);
    }
  }

  /** A panel whose axes span all points and intervals of its lines, at least one point. */
  public static Panel spanning(String id, String title, Quantity x, Quantity y, List<Line> lines) {
    List<Line.Point> points = lines.stream().flatMap(line -> line.points().stream()).toList();
    return new Panel(
        id,
        title,
        x.spanning(points.stream().mapToDouble(Line.Point::x)),
        y.spanning(points.stream().flatMapToDouble(Panel::heights)),
        lines);
  }

  private static DoubleStream heights(Line.Point point) {
    return DoubleStream.concat(
        DoubleStream.of(point.y()),
        point.whisker().stream().flatMapToDouble(w -> DoubleStream.of(w.low(), w.high())));
  }

  /** All points of all lines. */
  public Stream<Line.Point> points() {
    return lines.stream().flatMap(each -> each.points().stream());
  }
}
