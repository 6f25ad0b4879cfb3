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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Colour, marker and stroke of every line of a figure: equal names look equal in all panels, and
 * the floor looks like no method.
 */
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

  private static final Color FLOOR_COLOUR = new Color(0x555555);
  private static final Shape FLOOR_MARKER = new Ellipse2D.Double(-2.5, -2.5, 5, 5);

  private final Map<String, Integer> styles = new LinkedHashMap<>();
  private final Set<String> floor;

  private LineStyles(Set<String> floor) {
    this.floor = floor;
  }

  static LineStyles of(List<Panel> panels) {
    LineStyles all =
        new LineStyles(
            panels.stream().flatMap(each -> each.floor().stream()).collect(Collectors.toSet()));
    for (Panel panel : panels) {
      List<String> names =
          panel.series().stream()
              .map(Series::name)
              .filter(name -> !all.floor.contains(name))
              .toList();
      names.forEach(name -> all.assign(name, names));
    }
    return all;
  }

  /** Gives a line a style that no other line of its panel has. */
  private void assign(String name, List<String> panel) {
    if (!styles.containsKey(name)) {
      Set<Integer> taken =
          panel.stream().map(styles::get).filter(Objects::nonNull).collect(Collectors.toSet());
      styles.put(name, kin(name, taken).orElseGet(() -> unused(taken)));
    }
  }

  /** The style of a method in another panel whose name only adds to this one, or the reverse. */
  private Optional<Integer> kin(String name, Set<Integer> taken) {
    return styles.entrySet().stream()
        .filter(each -> each.getKey().startsWith(name) || name.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .filter(style -> !taken.contains(style))
        .findFirst();
  }

  /** A style that nothing has, while there are colours; then one that is new in the panel. */
  private int unused(Set<Integer> taken) {
    return IntStream.range(0, COLOURS.size())
        .filter(style -> !styles.containsValue(style))
        .findFirst()
        .orElseGet(
            () ->
                IntStream.iterate(0, style -> style + 1)
                    .filter(style -> !taken.contains(style))
                    .findFirst()
                    .orElseThrow());
  }

  Color colour(String name) {
    return floor.contains(name) ? FLOOR_COLOUR : COLOURS.get(styles.get(name) % COLOURS.size());
  }

  Shape marker(String name) {
    return floor.contains(name) ? FLOOR_MARKER : MARKERS.get(styles.get(name) % MARKERS.size());
  }

  /** What markers are filled with: white is hollow. */
  Color fill(String name, boolean measured) {
    return isSolid(name, measured) ? colour(name) : Color.WHITE;
  }

  /** A full line for what was measured of a method, dashes for the floor and what was published. */
  Stroke stroke(String name, boolean measured) {
    return isSolid(name, measured)
        ? new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(
            1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 3}, 0);
  }

  private boolean isSolid(String name, boolean measured) {
    return measured && !floor.contains(name);
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
