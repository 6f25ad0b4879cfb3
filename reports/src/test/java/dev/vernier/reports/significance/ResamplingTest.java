package dev.vernier.reports.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Metric;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  private static final double[] REPLICATES = {
    1.1, 0.7, 1.9, 1.3, 0.2, 1.6, 0.9, 1.4, 1.0, 0.5, 1.2, 2.1, 0.8, 1.5, 0.4, 1.7, 1.05, 0.95,
    1.25, 0.6
  };

  @Test
  void replicates_equalNumPyAndSciPyAfterTheShift() {
    // s = replicates - (mean - 0.8); numpy.percentile(s, [2.5, 97.5], method="weibull");
    // 2 * scipy.stats.norm.sf(0.8 / numpy.std(s, ddof=1))
    Difference difference = Resampling.of(0.8, REPLICATES, 1);
    Metric.Interval interval = difference.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(-0.1075, within(1e-12));
    assertThat(interval.high()).isCloseTo(1.7925, within(1e-12));
    assertThat(difference.p().orElseThrow()).isCloseTo(0.1117021125602007, within(1e-9));
    assertThat(difference.below() || difference.above()).isFalse();
  }

  @Test
  void replicatesOfEqualTokenizers_areNoDifference() {
    Difference difference = Resampling.of(0, new double[] {0, 0, 0}, 2);
    assertThat(difference.p()).contains(1.0);
    assertThat(difference.interval()).contains(new Metric.Interval(0, 0));
    assertThat(difference.test()).isEqualTo("bootstrap over images, 2 seeds");
  }
}
