package dev.vernier.reports.comparison;

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
 * @param points by ascending size
 */
public record Series(String name, List<Point> points) {
  /** Sorts the points by size. */
  public Series {
    points = points.stream().sorted(Comparator.comparingLong(Point::size)).toList();
  }

  /**
   * A point of a line.
   *
   * @param size total number of codes
   * @param estimate the number there
   */
  public record Point(long size, Estimate estimate) {}

  /** A line a label, of the rows that have the number and a size to put it at. */
  public static List<Series> of(List<Row> rows, Function<Row, Optional<Estimate>> number) {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (Row row : rows) {
      Optional<TokenizerSpec> spec = row.spec();
      Optional<Estimate> estimate = number.apply(row).filter(e -> Double.isFinite(e.value()));
      if (spec.isPresent() && estimate.isPresent()) {
        lines
            .computeIfAbsent(row.label(), label -> new ArrayList<>())
            .add(new Point(spec.get().totalCodes(), estimate.get()));
      }
    }
    return collect(lines);
  }

  /** The lines of the paper's figure 1. */
  public static List<Series> published(List<Map<String, String>> points) {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (Map<String, String> point : points) {
      double rfid = Double.parseDouble(point.get("rfid"));
      lines
          .computeIfAbsent(point.get("method"), label -> new ArrayList<>())
          .add(
              new Point(
                  Long.parseLong(point.get("codebook_size")), Estimate.ofValues(List.of(rfid))));
    }
    return collect(lines);
  }

  private static List<Series> collect(Map<String, List<Point>> lines) {
    return lines.entrySet().stream()
        .map(line -> new Series(line.getKey(), line.getValue()))
        .toList();
  }
}
