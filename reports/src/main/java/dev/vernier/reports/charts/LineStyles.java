package dev.vernier.reports.charts;

import dev.vernier.reports.comparison.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Colour, marker and stroke of every line of a figure: equal names look equal in all panels. */
final class LineStyles {
  /** Okabe and Ito's colours without yellow, which is too faint for lines on white. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xE69F00),
          new Color(0xCC79A7),
          new Color(0x56B4E9),
          new Color(0x000000));

  private static final List<Shape> MARKERS =
      List.of(
          new Ellipse2D.Double(-3.5, -3.5, 7, 7),
          new Rectangle2D.Double(-3.2, -3.2, 6.4, 6.4),
          polygon(0, -4.4, 4.2, 3.4, -4.2, 3.4),
          polygon(0, -4.8, 4.8, 0, 0, 4.8, -4.8, 0),
          polygon(0, 4.4, 4.2, -3.4, -4.2, -3.4),
          star(),
          polygon(
              -1.4, -4, 1.4, -4, 1.4, -1.4, 4, -1.4, 4, 1.4, 1.4, 1.4, 1.4, 4, -1.4, 4, -1.4, 1.4,
              -4, 1.4, -4, -1.4, -1.4, -1.4),
          AffineTransform.getRotateInstance(-Math.PI / 2)
              .createTransformedShape(polygon(0, -4.4, 4.2, 3.4, -4.2, 3.4)));

  private final List<String> names;

  private LineStyles(List<String> names) {
    this.names = names;
  }

  static LineStyles of(List<Panel> panels) {
    return new LineStyles(
        panels.stream()
            .flatMap(panel -> panel.series().stream())
            .map(Series::name)
            .distinct()
            .toList());
  }

  Color colour(String name) {
    return COLOURS.get(names.indexOf(name) % COLOURS.size());
  }

  Shape marker(String name) {
    return MARKERS.get(names.indexOf(name) % MARKERS.size());
  }

  /** A full line for what was measured, dashes for what was published. */
  Stroke stroke(boolean measured) {
    return measured
        ? new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(
            1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 3}, 0);
  }

  private static Shape polygon(double... coordinates) {
    Path2D path = new Path2D.Double();
    path.moveTo(coordinates[0], coordinates[1]);
    for (int i = 2; i < coordinates.length; i += 2) {
      path.lineTo(coordinates[i], coordinates[i + 1]);
    }
    path.closePath();
    return path;
  }

  private static Shape star() {
    double[] coordinates = new double[20];
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 5.2 : 2.2;
      coordinates[2 * i] = radius * Math.sin(i * Math.PI / 5);
      coordinates[2 * i + 1] = -radius * Math.cos(i * Math.PI / 5);
    }
    return polygon(coordinates);
  }
}
