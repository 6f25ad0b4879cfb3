package dev.vernier.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.reports.charts.Scale.Spacing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final double WIDTH = 210;
  private static final double HEIGHT = 150;

  private static Panel panel(int lines, boolean whiskers, double... places) {
    List<Line> all =
        IntStream.range(0, lines)
            .mapToObj(
                i ->
                    new Line(
                        new Method("m" + i, "m" + i, Method.Origin.MEASURED),
                        "",
                        Line.Form.JOINED,
                        DoubleStream.of(places)
                            .mapToObj(
                                x ->
                                    new Line.Point(
                                        // Three codebooks seldom come to the size of two.
                                        x + i % 2,
                                        5,
                                        whiskers
                                            ? Optional.of(new Line.Whisker(4, 6))
                                            : Optional.empty(),
                                        "",
                                        Line.Cost.UNKNOWN))
                            .toList()))
            .toList();
    Scale x = Scale.covering("", Spacing.POWERS_OF_TWO, DoubleStream.of(places));
    return new Panel("p", "", x, Scale.covering("", Spacing.LINEAR, DoubleStream.of(4, 6)), all);
  }

  /** Where the ends of all whiskers begin and end, from left to right. */
  private static List<double[]> ends(Panel panel) {
    SideBySide beside = SideBySide.of(panel, WIDTH, HEIGHT);
    List<double[]> ends = new ArrayList<>();
    for (int i = 0; i < panel.lines().size(); i++) {
      List<Line.Point> points = panel.lines().get(i).points();
      for (int j = 0; j < points.size(); j++) {
        double x = panel.x().position(points.get(j).x()) * WIDTH + beside.shift(i, j);
        ends.add(new double[] {x - beside.cap() / 2, x + beside.cap() / 2});
      }
    }
    Collections.sort(ends, (a, b) -> Double.compare(a[0], b[0]));
    return ends;
  }

  @Test
  void whiskersOfOnePlace_doNotCoverEachOther() {
    for (Panel panel :
        List.of(
            panel(6, true, 128, 512),
            panel(5, true, 256, 1024, 4096, 16384, 65536),
            panel(8, true, 128, 256, 512, 1024, 2048, 4096))) {
      List<double[]> ends = ends(panel);
      for (int i = 1; i < ends.size(); i++) {
        assertThat(ends.get(i)[0]).isGreaterThan(ends.get(i - 1)[1]);
      }
    }
  }

  private static List<Double> shifts(Panel panel) {
    SideBySide beside = SideBySide.of(panel, WIDTH, HEIGHT);
    return IntStream.range(0, panel.lines().size())
        .boxed()
        .flatMap(
            i ->
                IntStream.range(0, panel.lines().get(i).points().size())
                    .mapToObj(j -> beside.shift(i, j)))
        .toList();
  }

  @Test
  void aloneNumbers_stayWhereTheyAre() {
    assertThat(shifts(panel(1, true, 128, 512))).containsOnly(0.0);
  }

  @Test
  void markersOfOneNumber_standBesideEachOther() {
    assertThat(shifts(panel(3, false, 128))).doesNotHaveDuplicates();
  }

  @Test
  void theMiddleOfAPlace_staysInPlace() {
    assertThat(shifts(panel(4, true, 4096)).stream().mapToDouble(each -> each).sum())
        .isCloseTo(0, within(0.1));
  }
}
