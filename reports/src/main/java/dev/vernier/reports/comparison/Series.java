package dev.vernier.reports.comparison;

import dev.vernier.records.MetricKind;
import dev.vernier.spi.TokenizerSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of a chart.
 *
 * @param name what the legend calls it
 * @param points from left to right
 */
public record Series(String name, List<Point> points) {
  /** Sorts the points by their place. */
  public Series {
    points = points.stream().sorted(Comparator.comparingDouble(Point::at)).toList();
  }

  /**
   * A point of a line.
   *
   * @param at its place on the axis
   * @param estimate the number there
   */
  public record Point(double at, Estimate estimate) {}

  /** A line a label, of the rows that have the number and a place to put it at. */
  public static List<Series> of(
      List<Row> rows, Axis axis, Function<Row, Optional<Estimate>> number) {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (Row row : rows) {
      Optional<TokenizerSpec> spec = row.spec();
      Optional<Estimate> estimate = number.apply(row).filter(e -> Double.isFinite(e.value()));
      if (spec.isPresent() && estimate.isPresent()) {
        lines
            .computeIfAbsent(row.label(), label -> new ArrayList<>())
            .add(new Point(axis.of(spec.get()), estimate.get()));
      }
    }
    return collect(lines);
  }

  /** The lines of the paper's figure 1. */
  public static List<Series> published(List<Map<String, String>> points, Axis axis) {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (Map<String, String> point : points) {
      double rfid = Double.parseDouble(point.get(MetricKind.RFID.key()));
      lines
          .computeIfAbsent(axis.line(point), label -> new ArrayList<>())
          .add(new Point(axis.of(point), Estimate.ofValues(List.of(rfid))));
    }
    return collect(lines);
  }

  private static List<Series> collect(Map<String, List<Point>> lines) {
    return lines.entrySet().stream()
        .map(line -> new Series(line.getKey(), line.getValue()))
        .toList();
  }
}
