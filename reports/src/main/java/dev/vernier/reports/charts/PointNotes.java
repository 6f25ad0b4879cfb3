package dev.vernier.reports.charts;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Places the notes of points beside them, where they cover no marker, no line and not each other.
 */
final class PointNotes {
  private static final double GAP = 4;

  /** What notes keep from the axes. */
  private static final double INSIDE = 1.5;

  private final Rectangle2D room;
  private final List<Rectangle2D> taken = new ArrayList<>();
  private final List<Line2D> lines = new ArrayList<>();

  private PointNotes(Panel panel, Rectangle2D axes) {
    this.room =
        new Rectangle2D.Double(
            axes.getX() + INSIDE,
            axes.getY() + INSIDE,
            axes.getWidth() - 2 * INSIDE,
            axes.getHeight() - 2 * INSIDE);
    panel
        .points()
        .map(point -> place(panel, point, axes))
        .map(PointNotes::marker)
        .forEach(taken::add);
    panel.points().map(point -> whisker(panel, point, axes)).forEach(lines::add);
    for (Line line : panel.lines()) {
      if (line.isJoined()) {
        List<Point2D> places =
            line.points().stream().map(point -> place(panel, point, axes)).toList();
        for (int i = 1; i < places.size(); i++) {
          lines.add(new Line2D.Double(places.get(i - 1), places.get(i)));
        }
      }
    }
  }

  /**
   * A note beside its point.
   *
   * @param point whose it is
   * @param at where the point is drawn
   * @param box where the note stands
   */
  record Note(Line.Point point, Point2D at, Rectangle2D box) {
    String text() {
      return point.note();
    }
  }

  /** The notes of a panel for which there is room. */
  static List<Note> of(Panel panel, Rectangle2D axes) {
    List<Line.Point> noted = panel.points().filter(point -> !point.note().isEmpty()).toList();
    if (noted.isEmpty()) {
      return List.of();
    }
    PointNotes notes = new PointNotes(panel, axes);
    List<Note> placed = new ArrayList<>();
    for (Line.Point each : noted) {
      Point2D at = place(panel, each, axes);
      notes
          .box(each.note(), at)
          .ifPresent(
              box -> {
                notes.taken.add(box);
                placed.add(new Note(each, at, box));
              });
    }
    return placed;
  }

  private static Point2D place(Panel panel, Line.Point point, Rectangle2D axes) {
    return new Point2D.Double(
        axes.getX() + panel.x().position(point.x()) * axes.getWidth(),
        axes.getMaxY() - panel.y().position(point.y()) * axes.getHeight());
  }

  private static Line2D whisker(Panel panel, Line.Point point, Rectangle2D axes) {
    Line.Whisker ends = point.whisker().orElse(new Line.Whisker(point.y(), point.y()));
    return new Line2D.Double(
        place(panel, Line.Point.of(point.x(), ends.low()), axes),
        place(panel, Line.Point.of(point.x(), ends.high()), axes));
  }

  private static Rectangle2D marker(Point2D at) {
    return new Rectangle2D.Double(at.getX() - GAP / 2, at.getY() - GAP / 2, GAP, GAP);
  }

  /** Above, below, to the sides or at a corner of the point; empty where there is no room. */
  private Optional<Rectangle2D> box(String note, Point2D at) {
    double width = Typeface.width(note, Typeface.NOTE);
    double height = 1.1 * Typeface.NOTE;
    return Stream.of(
            new double[] {-width / 2, -GAP - height},
            new double[] {-width / 2, GAP},
            new double[] {GAP + 1, -height / 2},
            new double[] {-GAP - 1 - width, -height / 2},
            new double[] {GAP / 2, -GAP - height},
            new double[] {-GAP / 2 - width, GAP},
            new double[] {GAP / 2, GAP},
            new double[] {-GAP / 2 - width, -GAP - height})
        .<Rectangle2D>map(
            shift ->
                new Rectangle2D.Double(at.getX() + shift[0], at.getY() + shift[1], width, height))
        .filter(
            box ->
                room.contains(box)
                    && taken.stream().noneMatch(box::intersects)
                    && lines.stream().noneMatch(box::intersectsLine))
        .findFirst();
  }
}
