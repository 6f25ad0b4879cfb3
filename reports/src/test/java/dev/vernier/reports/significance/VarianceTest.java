package dev.vernier.reports.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class VarianceTest {
  @Test
  void sum_hasSatterthwaitesDegrees_asSciPy() {
    // scipy.stats.ttest_ind([10.2, 11.1, 9.8, 10.9], [12.0, 12.2, 11.9, 12.1, 13.0],
    //     equal_var=False): df 5.347362224349203, t -4.820949676465128
    Variance sum =
        Variance.sum(
            List.of(
                Variance.ofMean(new double[] {10.2, 11.1, 9.8, 10.9}),
                Variance.ofMean(new double[] {12.0, 12.2, 11.9, 12.1, 13.0})));
    assertThat(sum.degrees()).isCloseTo(5.347362224349203, within(1e-9));
    assertThat((10.5 - 12.24) / Math.sqrt(sum.value())).isCloseTo(-4.820949676465128, within(1e-9));
  }

  @Test
  void reasonWithoutVariance_leavesTheDegreesToTheOther() {
    Variance sum = Variance.sum(List.of(new Variance(0, 2), new Variance(0.25, 7)));
    assertThat(sum).isEqualTo(new Variance(0.25, 7));
    assertThat(Variance.sum(List.of(new Variance(0, 2), new Variance(0, 7))).value()).isZero();
  }

  @Test
  void replicates_areLimitedByTheirNumberAndThatOfTheImages() {
    double[] replicates = DoubleStream.iterate(1, last -> -last).limit(200).toArray();
    Variance variance = Variance.ofReplicates(replicates, 1000);
    assertThat(variance.value()).isCloseTo(200.0 / 199, within(1e-12));
    assertThat(variance.degrees()).isCloseTo(1 / (1 / 999.0 + 1 / 199.0), within(1e-9));
    assertThat(Variance.ofReplicates(replicates, 1_000_000).degrees()).isBetween(198.0, 199.0);
  }
}
