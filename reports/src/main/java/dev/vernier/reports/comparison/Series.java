package dev.vernier.reports.comparison;

import dev.vernier.records.MetricKind;
import dev.vernier.spi.TokenizerSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One line of a chart.
 *
 * @param name what the legend calls it
 * @param family the plugin that its tokenizers come from, or the published method
 * @param points from left to right
 */
public record Series(String name, String family, List<Point> points) {
  /** Sorts the points by their place. */
  public Series {
    points = points.stream().sorted(Comparator.comparingDouble(Point::at)).toList();
  }

  /**
   * A point of a line.
   *
   * @param at its place on the axis
   * @param estimate the number there
   * @param note a few characters to stand beside it; mostly empty
   * @param bitsPerToken bits of the indices of a token
   * @param parameters trained ones; empty where nobody says
   */
  public record Point(
      double at, Estimate estimate, String note, double bitsPerToken, Optional<Long> parameters) {}

  /** A line a label, of the rows that have the number and a place to put it at. */
  public static List<Series> of(
      List<Row> rows, Axis axis, Function<Row, Optional<Estimate>> number) {
    Map<String, Series> lines = new LinkedHashMap<>();
    for (Row row : rows) {
      Optional<TokenizerSpec> spec = row.spec();
      Optional<Estimate> estimate = number.apply(row).filter(e -> Double.isFinite(e.value()));
      if (spec.isPresent() && estimate.isPresent()) {
        Point point =
            new Point(axis.of(spec.get()), estimate.get(), "", row.bits(), row.parameters());
        lines.merge(
            row.label(), new Series(row.label(), row.family(), List.of(point)), Series::and);
      }
    }
    return List.copyOf(lines.values());
  }

  /** The lines of the paper's figure 1, factorized codebooks noted as it does. */
  public static List<Series> published(List<Map<String, String>> points, Axis axis) {
    Map<String, Series> lines = new LinkedHashMap<>();
    for (Map<String, String> point : points) {
      double rfid = Double.parseDouble(point.get(MetricKind.RFID.key()));
      int books = Integer.parseInt(point.get("sub_codebooks"));
      long size = Long.parseLong(point.get("codebook_size"));
      String note = books == 1 ? "" : size / books + " × " + books;
      String method = point.get("method");
      Point drawn =
          new Point(
              axis.of(point),
              Estimate.ofValues(List.of(rfid)),
              note,
              Axis.BITS.of(point),
              Optional.empty());
      lines.merge(method, new Series(method, method, List.of(drawn)), Series::and);
    }
    return List.copyOf(lines.values());
  }

  private Series and(Series other) {
    return new Series(name, family, Stream.concat(points.stream(), other.points.stream()).toList());
  }
}
