package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureColumnsTest {
  /** More than are laid out at a time, on both sides. */
  private static final int MANY = 4200;

  @Test
  void forEachProduct_setsOfSeveralParts_passesEveryPairOnce() {
    FeatureMatrix a = Noise.features(MANY, 2, 1, 1);
    FeatureMatrix b = Noise.features(MANY + 7, 2, 1, 2);
    double[] sums = new double[MANY];
    int[] last = new int[MANY];
    FeatureColumns.forEachProduct(
        a,
        b,
        (i, j, product) -> {
          // Ascending, as sums over a row rely on.
          last[i] = j == last[i] ? j + 1 : -1;
          sums[i] += product;
        });
    for (int i = 0; i < MANY; i++) {
      double sum = 0;
      for (int j = 0; j < MANY + 7; j++) {
        sum +=
            Math.fma(
                (double) a.values()[2 * i + 1],
                b.values()[2 * j + 1],
                (double) a.values()[2 * i] * b.values()[2 * j]);
      }
      assertThat(sums[i]).isEqualTo(sum);
      assertThat(last[i]).isEqualTo(MANY + 7);
    }
  }
}
