package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "kid_subsets, 10, 50, 0.08168742270242575, 0.08356608148989081",
    "kid_default_100x1000, 100, 1000, 0.10838449536270738, 0.0054980947010882675"
  })
  void subsets_goldenFeatures_equalTorchFidelityInDouble(
      String name, int subsets, int size, double mean, double deviation) {
    KernelDistance distance =
        KernelDistance.subsets(
            Golden.features(name + "/features_1"),
            Golden.features(name + "/features_2"),
            subsets,
            size,
            2020);
    assertThat(distance.mean()).isCloseTo(mean, within(1e-12));
    assertThat(distance.deviation()).isCloseTo(deviation, within(1e-12));
  }

  @Test
  void full_goldenFeatures_equalsTheUnbiasedEstimate() {
    double distance =
        KernelDistance.full(
            Golden.features("kid_full_set/features_1"), Golden.features("kid_full_set/features_2"));
    assertThat(distance).isCloseTo(0.08298482150160957, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"2, 3, 1", "65, 40, 5", "700, 64, 3"})
  void full_setsOfAnySize_equalsTheSumOverPairs(int m, int n, int d) {
    FeatureMatrix a = Noise.features(m, d, 1, 1);
    FeatureMatrix b = Noise.features(n, d, 2, 2);
    double expected = mean(a, a, true) + mean(b, b, true) - 2 * mean(a, b, false);
    assertThat(KernelDistance.full(a, b)).isCloseTo(expected, within(1e-11 * mean(a, b, false)));
  }

  /** More subsets than a machine word has bits. */
  @Test
  void ofParts_manySubsets_equalsOneDistanceEach() {
    FeatureMatrix a = Noise.features(90, 5, 1, 1);
    FeatureMatrix b = Noise.features(70, 5, 2, 2);
    int[][] ofA = new int[130][];
    int[][] ofB = new int[130][];
    NumpyRandomState random = new NumpyRandomState(3);
    for (int i = 0; i < ofA.length; i++) {
      ofA[i] = random.choice(a.rows(), 20 + i % 7);
      ofB[i] = random.choice(b.rows(), 30);
    }
    assertThat(KernelDistance.ofParts(a, ofA, b, ofB))
        .containsExactly(KernelDistance.oneByOne(a, ofA, b, ofB), within(1e-10));
  }

  private static double mean(FeatureMatrix a, FeatureMatrix b, boolean withoutDiagonal) {
    int d = a.columns();
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.rows(); j++) {
        if (!withoutDiagonal || i != j) {
          double dot = 0;
          for (int c = 0; c < d; c++) {
            dot += (double) a.values()[i * d + c] * b.values()[j * d + c];
          }
          sum += Math.pow(dot / d + 1, 3);
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  @Test
  void subsets_anyNumberOfThreads_giveTheSameBits() {
    FeatureMatrix a = Noise.features(300, 20, 1, 1);
    FeatureMatrix b = Noise.features(300, 20, 2, 2);
    KernelDistance expected = Threads.with(1, () -> KernelDistance.subsets(a, b, 3, 200, 5));
    assertThat(Threads.with(3, () -> KernelDistance.subsets(a, b, 3, 200, 5))).isEqualTo(expected);
  }

  @Test
  void subsets_largerThanTheSet_areRefused() {
    FeatureMatrix a = Noise.features(5, 2, 1, 1);
    assertThatThrownBy(() -> KernelDistance.subsets(a, a, 1, 6, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("subsets of 6");
  }
}
