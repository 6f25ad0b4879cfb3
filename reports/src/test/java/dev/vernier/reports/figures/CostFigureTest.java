package dev.vernier.reports.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.Scale;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class CostFigureTest {
  private static final Scale X = new Scale("x", Scale.Spacing.DECADES, 1, 100);
  private static final Scale Y = new Scale("y", Scale.Spacing.LINEAR, 0, 20);

  private static List<Line.Point> points(double... coordinates) {
    return DoubleStream.iterate(0, i -> i < coordinates.length, i -> i + 2)
        .mapToObj(i -> Line.Point.of(coordinates[(int) i], coordinates[(int) i + 1]))
        .toList();
  }

  /** The last of these is beaten by the second in both. */
  private static final List<Line.Point> POINTS = points(10, 5, 20, 8, 50, 12, 15, 9);

  @Test
  void front_passesWhatNothingBeats_whereMoreIsBetter() {
    Line front = CostFigure.front(POINTS, true, X, Y);
    assertThat(front.points()).isEqualTo(points(50, 20, 50, 12, 20, 12, 20, 8, 10, 8, 10, 5, 1, 5));
    assertThat(front.form()).isEqualTo(Line.Form.FRONT);
  }

  @Test
  void front_passesWhatNothingBeats_whereLessIsBetter() {
    // Nothing is cheaper and better than the cheapest here.
    Line front = CostFigure.front(POINTS, false, X, Y);
    assertThat(front.points()).isEqualTo(points(10, 20, 10, 5, 100, 5));
  }
}
