package dev.vernier.reports.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Metric;
import dev.vernier.reports.significance.Difference.Basis;
import org.junit.jupiter.api.Test;

class StudentTest {
  @Test
  void differences_equalSciPy() {
    // scipy.stats.ttest_rel([10.2, 11.1, 9.8, 10.9], [12.0, 12.2, 11.9, 12.1])
    double[] differences = {10.2 - 12.0, 11.1 - 12.2, 9.8 - 11.9, 10.9 - 12.1};
    Difference difference = Student.of(differences, Basis.SEEDS, 4);
    assertThat(difference.value()).isCloseTo(-1.55, within(1e-12));
    assertThat(difference.p().orElseThrow()).isCloseTo(0.007512234158403837, within(1e-9));
    Metric.Interval interval = difference.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(-2.313123815606485, within(1e-7));
    assertThat(interval.high()).isCloseTo(-0.7868761843935145, within(1e-7));
    assertThat(difference.below()).isTrue();
    assertThat(difference.above()).isFalse();
    assertThat(difference.test()).isEqualTo("t-test over 4 seeds");
  }

  @Test
  void differencesWithoutSpread_haveAPointForAnInterval() {
    Difference all = Student.of(new double[] {0.25, 0.25, 0.25}, Basis.SEEDS, 3);
    assertThat(all.interval()).contains(new Metric.Interval(0.25, 0.25));
    assertThat(all.p()).contains(0.0);
    Difference none = Student.of(new double[] {0, 0, 0}, Basis.SEEDS, 3);
    assertThat(none.p()).contains(1.0);
    assertThat(none.below() || none.above()).isFalse();
  }
}
