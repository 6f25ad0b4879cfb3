package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatheredStatisticsTest {
  private static final int COLUMNS = 3;

  private static float[] features(int rows) {
    float[] values = new float[rows * COLUMNS];
    Random random = new Random(rows);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() + i % COLUMNS;
    }
    return values;
  }

  private static GatheredStatistics gathered(float[] values, int rows) {
    GatheredStatistics layout = new GatheredStatistics(COLUMNS, rows);
    for (int from = 0; from < values.length; from += 64 * COLUMNS) {
      int to = Math.min(values.length, from + 64 * COLUMNS);
      layout.add(Arrays.copyOfRange(values, from, to));
    }
    return layout;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 100, 4096, 4097, 4098, 10_000})
  void parts_haveTheStatisticsOfTheWhole(int rows) {
    float[] values = features(rows);
    FeatureStatistics parts = GatheredStatistics.of(gathered(values, rows)).orElseThrow();
    FeatureStatistics whole = FeatureStatistics.of(new FeatureMatrix(values, rows, COLUMNS));
    assertThat(parts.samples()).isEqualTo(rows);
    assertThat(parts.mean()).containsExactly(whole.mean(), within(1e-12));
    assertThat(parts.covariance()).containsExactly(whole.covariance(), within(1e-12));
    if (rows <= 4096) {
      assertThat(parts.covariance()).containsExactly(whole.covariance());
    }
  }

  @Test
  void ofOneImage_thereAreNone() {
    assertThat(GatheredStatistics.of(gathered(features(1), 5))).isEmpty();
    assertThat(GatheredStatistics.of(null)).isEmpty();
  }
}
