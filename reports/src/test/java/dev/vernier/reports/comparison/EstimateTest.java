package dev.vernier.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static Metric metric(double value, Double low, Double high) {
    return new Metric("rFID", value, low, high, 100, Metric.Better.LOWER, "p");
  }

  @Test
  void usesStudentsT_fromThreeSeeds() {
    Estimate estimate =
        Estimate.of(List.of(metric(1, 0.9, 1.1), metric(2, 1.9, 2.1), metric(3, 2.9, 3.1)));
    assertThat(estimate.basis()).isEqualTo(Estimate.Basis.SEEDS);
    // 2 +- t(0.975, 2) / sqrt(3), t from tables
    assertThat(estimate.low()).isCloseTo(2 - 4.302653 / Math.sqrt(3), within(1e-6));
    assertThat(estimate.high()).isCloseTo(2 + 4.302653 / Math.sqrt(3), within(1e-6));
  }

  @Test
  void usesTheMetricsOwnInterval_ofOneSeed() {
    Estimate estimate = Estimate.of(List.of(metric(1, 0.8, 1.1)));
    assertThat(estimate.basis()).isEqualTo(Estimate.Basis.METRIC);
    assertThat(estimate.low()).isEqualTo(0.8);
    assertThat(estimate.high()).isEqualTo(1.1);
  }

  @Test
  void averagesTheEnds_ofTwoSeeds() {
    Estimate estimate = Estimate.of(List.of(metric(1, 0.0, 2.0), metric(3, 2.5, 4.5)));
    assertThat(estimate.value()).isEqualTo(2);
    assertThat(estimate.low()).isEqualTo(1.25);
    assertThat(estimate.high()).isEqualTo(3.25);
  }

  @Test
  void hasNoInterval_whereNothingGivesOne() {
    Estimate estimate = Estimate.of(List.of(metric(1, null, null)));
    assertThat(estimate.interval()).isEmpty();
    assertThat(estimate.basis()).isEqualTo(Estimate.Basis.NONE);
  }
}
