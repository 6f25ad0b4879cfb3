package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmDistancesTest {
  @Test
  void round_knownNumbers_areThoseOfBinary16() {
    double[][] pairs = {
      {0, 0},
      {1, 1},
      {0.1, 0.0999755859375},
      {2049, 2048},
      {2051, 2052},
      {-65519, -65504},
      {65520, Double.POSITIVE_INFINITY},
      {Math.scalb(1.0, -24), Math.scalb(1.0, -24)},
      {Math.scalb(1.0, -26), 0},
      {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY}
    };
    for (double[] pair : pairs) {
      assertThat(HalfPrecision.round(pair[0])).isEqualTo(pair[1]);
    }
    assertThat(HalfPrecision.round(Double.NaN)).isNaN();
  }

  @Test
  void forEach_smallFeatures_isNearAndOfHalfPrecision() {
    FeatureMatrix a = Noise.features(70, 9, 1, 1);
    FeatureMatrix b = Noise.features(600, 9, 1, 2);
    double[][] exact = table(new SquaredDistances(a, b));
    double[][] half = table(new AdmDistances(a, b));
    assertThat(half).isNotEqualTo(exact);
    for (int i = 0; i < 70; i++) {
      for (int j = 0; j < 600; j++) {
        assertThat(half[i][j]).isCloseTo(exact[i][j], within(0.5));
        assertThat(HalfPrecision.round(half[i][j])).isEqualTo(half[i][j]);
      }
    }
  }

  @Test
  void forEach_oneLargeFeature_makesItsBlockExactAndNoOther() {
    FeatureMatrix a = Noise.features(70, 9, 1, 1);
    a.values()[3] = 300;
    FeatureMatrix b = Noise.features(600, 9, 1, 2);
    double[][] exact = table(new SquaredDistances(a, b));
    double[][] some = table(new AdmDistances(a, b, 50));
    for (int i = 0; i < 50; i++) {
      assertThat(some[i]).isEqualTo(exact[i]);
    }
    assertThat(some[50]).isNotEqualTo(exact[50]);
  }

  /** Blocks of 37, which divide neither set, all in half precision or all in full. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1000})
  void forEach_severalBlocks_givesTheDistancesOfOne(double scale) {
    FeatureMatrix a = Noise.features(70, 9, scale, 1);
    FeatureMatrix b = Noise.features(600, 9, scale, 2);
    assertThat(table(new AdmDistances(a, b, 37))).isEqualTo(table(new AdmDistances(a, b)));
  }

  private static double[][] table(Distances distances) {
    double[][] table = new double[70][600];
    distances.forEach((i, j, squared) -> table[i][j] = squared);
    return table;
  }
}
