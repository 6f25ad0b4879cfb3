package dev.vernier.reports.charts;

import java.util.List;
import java.util.Optional;

/**
 * A line of a chart.
 *
 * @param method whose numbers they are
 * @param part which part of the method, such as a sub-codebook; empty where it is all of it
 * @param form how it is drawn
 * @param points from left to right
 */
public record Line(Method method, String part, Form form, List<Point> points) {
  /** How a line is drawn. */
  public enum Form {
    /** A marker at each point, joined where there are several. */
    JOINED,
    /** A marker at each point. */
    POINTS,
    /** A small marker at each of many points. */
    CLOUD,
    /** A line without markers. */
    CURVE,
    /** The border of what is best by both axes, in steps: no method's own. */
    FRONT
  }

  /**
   * A point.
   *
   * @param x where it stands
   * @param y the number there
   * @param whisker the interval of the number; empty where there is none
   * @param note a few characters beside the point; mostly empty
   * @param cost of the tokenizer that it is of
   */
  public record Point(double x, double y, Optional<Whisker> whisker, String note, Cost cost) {
    /** A point of no tokenizer, with neither interval nor note. */
    public static Point of(double x, double y) {
      return new Point(x, y, Optional.empty(), "", Cost.UNKNOWN);
    }
  }

  /**
   * What is not drawn of a tokenizer, but told to whoever reads the points.
   *
   * @param bitsPerToken bits of the indices of a token; empty where nobody says
   * @param parameters trained ones; empty where nobody says
   */
  public record Cost(Optional<Double> bitsPerToken, Optional<Long> parameters) {
    /** Nothing is known of it, or there is no tokenizer. */
    public static final Cost UNKNOWN = new Cost(Optional.empty(), Optional.empty());
  }

  /** An interval. */
  public record Whisker(double low, double high) {}

  /** Copies the list. */
  public Line {
    points = List.copyOf(points);
  }

  /** What legends call it. */
  public String name() {
    return part.isEmpty() ? method.label() : method.label() + ", " + part;
  }

  /** Whether there is more to it than its points. */
  boolean isJoined() {
    return form != Form.POINTS && form != Form.CLOUD && points.size() > 1;
  }

  boolean hasMarkers() {
    return form == Form.JOINED || form == Form.POINTS || form == Form.CLOUD;
  }

  /** Whether its markers are small ones. */
  boolean hasSmallMarkers() {
    return form == Form.CLOUD || method.origin() == Method.Origin.FLOOR;
  }

  /** Whether there is an interval at any of its points. */
  boolean hasWhiskers() {
    return points.stream().anyMatch(each -> each.whisker().isPresent());
  }
}
