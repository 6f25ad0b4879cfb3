package dev.vernier.reports.charts;

import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.Series;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One pair of axes: numbers of one kind against codebook size or bits.
 *
 * @param title what is above it
 * @param yLabel what the numbers are
 * @param axis what its points are placed by
 * @param series its lines, at least one
 * @param floor names of lines that are the floor, drawn the same in all panels
 * @param measured whether these are numbers of this run, drawn with filled markers and whiskers;
 *     published ones are drawn hollow and dashed
 */
public record Panel(
    String title,
    String yLabel,
    Axis axis,
    List<Series> series,
    Set<String> floor,
    boolean measured) {
  /** Copies the collections. */
  public Panel {
    series = List.copyOf(series);
    floor = Set.copyOf(floor);
  }

  /** All points of all lines. */
  public Stream<Series.Point> points() {
    return series.stream().flatMap(each -> each.points().stream());
  }
}
