package dev.vernier.reports.charts;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.stream.IntStream;

/** What stands at a point; all can be hollow, and pgfplots knows all of them. */
enum Marker {
  CIRCLE(0, 0, "*", 0),
  SQUARE(4, 45, "square*", 0),
  TRIANGLE(3, 0, "triangle*", 0),
  DIAMOND(4, 0, "diamond*", 0),
  TRIANGLE_DOWN(3, 180, "triangle*", 180),
  PENTAGON(5, 0, "pentagon*", 0),
  TRIANGLE_LEFT(3, -90, "triangle*", 90),
  TRIANGLE_RIGHT(3, 90, "triangle*", -90);

  private static final double AREA = 18;

  private final int corners;
  private final double turn;
  private final String pgfName;
  private final int pgfRotation;

  Marker(int corners, double turn, String pgfName, int pgfRotation) {
    this.corners = corners;
    this.turn = turn;
    this.pgfName = pgfName;
    this.pgfRotation = pgfRotation;
  }

  /** Its shape around the origin, in points; all are of one area. */
  Shape shape() {
    return shape(AREA);
  }

  /** A smaller one. */
  Shape small() {
    return shape(AREA / 2);
  }

  private Shape shape(double area) {
    if (corners == 0) {
      double radius = Math.sqrt(area / Math.PI);
      return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }
    double radius = Math.sqrt(2 * area / (corners * Math.sin(2 * Math.PI / corners)));
    Path2D path = new Path2D.Double();
    IntStream.range(0, corners)
        .mapToDouble(i -> Math.toRadians(turn + 360.0 * i / corners))
        .forEach(
            angle -> {
              double x = radius * Math.sin(angle);
              double y = -radius * Math.cos(angle);
              if (path.getCurrentPoint() == null) {
                path.moveTo(x, y);
              } else {
                path.lineTo(x, y);
              }
            });
    path.closePath();
    return path;
  }

  String pgfName() {
    return pgfName;
  }

  int pgfRotation() {
    return pgfRotation;
  }
}
