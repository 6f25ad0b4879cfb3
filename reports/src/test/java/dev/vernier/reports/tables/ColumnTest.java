package dev.vernier.reports.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Metric;
import dev.vernier.records.Metric.Better;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.tables.Column.Format;
import dev.vernier.reports.tables.Column.Marks;
import dev.vernier.reports.tables.Column.Shown;
import dev.vernier.reports.tables.Column.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnTest {
  private static Estimate estimate(double value, double low, double high) {
    return new Estimate(
        value, Optional.of(new Metric.Interval(low, high)), Estimate.Basis.DIFFERENCE, 3);
  }

  private static List<Shown> shown(Format format, Estimate... estimates) {
    List<Entry> entries =
        Arrays.stream(estimates).map(each -> Entry.numbers(List.of(each))).toList();
    return new Column("n", "", format, Source.NONE, Better.LOWER, entries, Marks.NONE).shown();
  }

  @Test
  void smallDifference_isReadable_besideALargeOne() {
    assertThat(
            shown(
                Format.NUMBER,
                estimate(-235.93, -236.5, -235.4),
                estimate(-0.0432, -0.0781, -0.0083)))
        .containsExactly(
            new Shown(List.of("-235.93"), "[-236.50, -235.40]"),
            new Shown(List.of("-0.04"), "[-0.08, -0.01]"));
  }

  @Test
  void percentages_areMeasuredAsTheyAreShown() {
    assertThat(shown(Format.PERCENT, estimate(0.95, 0.94, 0.96), estimate(1, 1, 1)))
        .containsExactly(
            new Shown(List.of("95.0"), "[94.0, 96.0]"),
            new Shown(List.of("100.0"), "[100.0, 100.0]"));
  }
}
