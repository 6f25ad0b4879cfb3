package dev.vernier.reports.charts;

import java.util.List;
import java.util.stream.Stream;

/**
 * One pair of axes.
 *
 * @param id what tells its files from those of the others
 * @param title what is above it; may be empty
 * @param x what points are placed by
 * @param y what they are
 * @param lines at least one, of which later ones are drawn over earlier ones
 */
public record Panel(String id, String title, Scale x, Scale y, List<Line> lines) {
  /** Copies the list. */
  public Panel {
    lines = List.copyOf(lines);
  }

  /** All points of all lines. */
  public Stream<Line.Point> points() {
    return lines.stream().flatMap(each -> each.points().stream());
  }
}
