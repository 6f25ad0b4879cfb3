package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PivotedCholeskyTest {
  @ParameterizedTest
  @CsvSource({"1, 9", "63, 100", "64, 100", "150, 300", "150, 150", "150, 20", "150, 2"})
  void of_covariance_multipliesBackAndFindsTheRank(int n, int samples) {
    double[] covariance = FeatureStatistics.of(Noise.features(samples, n, 3, 5)).covariance();
    PivotedCholesky factor = PivotedCholesky.of(covariance, n);
    assertThat(factor.rank()).isEqualTo(Math.min(n, samples - 1));
    double[][] rows = factor.factorRows();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double product = 0;
        for (int k = 0; k < factor.rank(); k++) {
          product += rows[i][k] * rows[j][k];
        }
        assertThat(product)
            .isCloseTo(covariance[factor.order()[i] * n + factor.order()[j]], within(1e-11));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3", "70"})
  void of_zeros_hasNoRank(int n) {
    assertThat(PivotedCholesky.of(new double[n * n], n).rank()).isZero();
  }
}
