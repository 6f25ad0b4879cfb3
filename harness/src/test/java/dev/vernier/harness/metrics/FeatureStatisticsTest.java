package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureStatisticsTest {
  @Test
  void of_goldenFeatures_equalsNumpy() {
    FeatureStatistics statistics = FeatureStatistics.of(Golden.features("fid_basic/features_1"));
    assertThat(statistics.mean()).containsExactly(Golden.doubles("fid_basic/mu_1"), within(1e-12));
    assertThat(statistics.covariance())
        .containsExactly(Golden.doubles("fid_basic/sigma_1"), within(1e-12));
    assertThat(statistics.samples()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 5", "30, 67", "41, 130", "9, 600"})
  void of_anySize_equalsCommonsMath(int rows, int columns) {
    FeatureMatrix features = Noise.features(rows, columns, 2, 7);
    double[] covariance = FeatureStatistics.of(features).covariance();
    // Commons Math asks for two columns at least; a copy of the last one does no harm.
    double[][] doubles = new double[rows][columns + 1];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= columns; j++) {
        doubles[i][j] = features.values()[i * columns + Math.min(j, columns - 1)];
      }
    }
    RealMatrix expected =
        new Covariance(MatrixUtils.createRealMatrix(doubles)).getCovarianceMatrix();
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        assertThat(covariance[i * columns + j])
            .as("element %d, %d", i, j)
            .isCloseTo(expected.getEntry(i, j), within(1e-11));
      }
    }
  }

  @Test
  void of_countedRows_equalsRowsThatOccurSoOften() {
    FeatureMatrix features = Noise.features(4, 3, 1, 1);
    int[] counts = {2, 0, 1, 3};
    int[] rows = {0, 0, 2, 3, 3, 3};
    float[] values = new float[rows.length * 3];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features.values(), rows[i] * 3, values, i * 3, 3);
    }
    FeatureStatistics counted = FeatureStatistics.of(features, counts);
    FeatureStatistics repeated = FeatureStatistics.of(new FeatureMatrix(values, rows.length, 3));
    assertThat(counted.samples()).isEqualTo(6);
    assertThat(counted.mean()).containsExactly(repeated.mean(), within(1e-13));
    assertThat(counted.covariance()).containsExactly(repeated.covariance(), within(1e-13));
  }

  @Test
  void of_anyNumberOfThreads_givesTheSameBits() {
    FeatureMatrix features = Noise.features(101, 700, 1, 3);
    double[] expected = Threads.with(1, () -> FeatureStatistics.of(features)).covariance();
    IntStream.of(2, 3, 8)
        .forEach(
            threads ->
                assertThat(Threads.with(threads, () -> FeatureStatistics.of(features)).covariance())
                    .isEqualTo(expected));
  }

  @Test
  void of_oneSample_isRefused() {
    assertThatThrownBy(() -> FeatureStatistics.of(Noise.features(1, 4, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 samples, not 1");
  }

  @Test
  void and_twoParts_equalsTheStatisticsOfAll() {
    FeatureMatrix all = Noise.features(700, 5, 1, 3);
    FeatureMatrix first = new FeatureMatrix(Arrays.copyOf(all.values(), 5 * 90), 90, 5);
    FeatureMatrix rest =
        new FeatureMatrix(Arrays.copyOfRange(all.values(), 5 * 90, 5 * 700), 610, 5);
    FeatureStatistics expected = FeatureStatistics.of(all);
    FeatureStatistics together = FeatureStatistics.of(first).and(FeatureStatistics.of(rest));
    assertThat(together.samples()).isEqualTo(700);
    assertThat(together.mean()).containsExactly(expected.mean(), within(1e-12));
    assertThat(together.covariance()).containsExactly(expected.covariance(), within(1e-12));
  }
}
