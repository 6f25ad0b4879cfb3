package dev.vernier.reports.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the points of joined lines are shifted to the side, so that the intervals and markers of
 * one place stand beside each other and not above. Alone points stay where they are, and so does
 * the middle of those that are shifted.
 */
final class SideBySide {
  /** Distance of neighbours, in points, where there is room. */
  private static final double STEP = 5.2;

  /** Neighbours take at most this share of the room to the next place. */
  private static final double SHARE = 0.8;

  /** Places that are nearer to each other than this, in points, are one. */
  private static final double SAME = 3;

  /** Markers that are nearer to each other than this, in points, cover each other. */
  private static final double MARKER = 5;

  private static final double CAP = 4;
  private static final double CAP_SHARE = 0.75;

  private final double[][] shifts;
  private double narrowest = Double.POSITIVE_INFINITY;

  private SideBySide(double[][] shifts) {
    this.shifts = shifts;
  }

  /**
   * Where a point is.
   *
   * @param line number of its line in the panel
   * @param point number of the point in the line
   */
  private record Placed(double x, double y, int line, int point, boolean whisker) {}

  /**
   * The shifts of a panel.
   *
   * @param width of its axes in points
   * @param height of its axes in points
   */
  static SideBySide of(Panel panel, double width, double height) {
    List<Placed> placed = new ArrayList<>();
    double[][] shifts = new double[panel.lines().size()][];
    for (int i = 0; i < shifts.length; i++) {
      Line line = panel.lines().get(i);
      shifts[i] = new double[line.points().size()];
      for (int j = 0; j < shifts[i].length && line.form() == Line.Form.JOINED; j++) {
        Line.Point point = line.points().get(j);
        double x = panel.x().position(point.x()) * width;
        double y = panel.y().position(point.y()) * height;
        placed.add(new Placed(x, y, i, j, point.whisker().isPresent()));
      }
    }
    placed.sort(Comparator.comparingDouble(Placed::x));
    SideBySide all = new SideBySide(shifts);
    List<List<Placed>> places = places(placed);
    for (int i = 0; i < places.size(); i++) {
      double before = i == 0 ? width : first(places.get(i)) - last(places.get(i - 1));
      double after =
          i == places.size() - 1 ? width : first(places.get(i + 1)) - last(places.get(i));
      List<Placed> inOrder =
          places.get(i).stream().sorted(Comparator.comparingInt(Placed::line)).toList();
      all.spread(inOrder, Math.min(before, after));
    }
    return all;
  }

  private static List<List<Placed>> places(List<Placed> sorted) {
    List<List<Placed>> places = new ArrayList<>();
    for (Placed each : sorted) {
      if (places.isEmpty() || each.x() - first(places.get(places.size() - 1)) > SAME) {
        places.add(new ArrayList<>());
      }
      places.get(places.size() - 1).add(each);
    }
    return places;
  }

  private static double first(List<Placed> place) {
    return place.get(0).x();
  }

  private static double last(List<Placed> place) {
    return place.get(place.size() - 1).x();
  }

  private void spread(List<Placed> place, double room) {
    if (place.size() > 1 && meet(place)) {
      double step = Math.min(STEP, SHARE * room / place.size());
      narrowest = Math.min(narrowest, step);
      double middle = place.stream().mapToDouble(Placed::x).average().orElseThrow();
      for (int i = 0; i < place.size(); i++) {
        double x = middle + (i - (place.size() - 1) / 2.0) * step;
        shifts[place.get(i).line()][place.get(i).point()] = x - place.get(i).x();
      }
    }
  }

  /** Whether the points of a place would cover each other. */
  private static boolean meet(List<Placed> place) {
    return place.stream().filter(Placed::whisker).count() > 1
        || IntStream.range(0, place.size())
            .anyMatch(
                i ->
                    IntStream.range(0, i)
                        .anyMatch(j -> Math.abs(place.get(i).y() - place.get(j).y()) < MARKER));
  }

  /**
   * How far a point is shifted to the right, in points.
   *
   * @param line number of its line in the panel
   * @param point number of the point in the line
   */
  double shift(int line, int point) {
    return shifts[line][point];
  }

  /** Width of the ends of intervals, in points. */
  double cap() {
    return Math.min(CAP, CAP_SHARE * narrowest);
  }
}
