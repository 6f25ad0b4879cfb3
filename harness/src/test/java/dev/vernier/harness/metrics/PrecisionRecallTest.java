package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrecisionRecallTest {
  @Test
  void of_goldenFeatures_equalsTorchFidelity() {
    String name = "prc_torch_fidelity/";
    FeatureMatrix generated = Golden.features(name + "features_1_generated");
    FeatureMatrix real = Golden.features(name + "features_2_real");
    double[] radii = NearestNeighbours.squaredRadii(real, 3);
    assertThat(Arrays.stream(radii).map(Math::sqrt).toArray())
        .containsExactly(Golden.doubles(name + "radii_real"), within(4e-5));
    assertThat(NearestNeighbours.within(generated, real, radii))
        .isEqualTo(Golden.flags(name + "generated_in_real"));
    assertThat(
            NearestNeighbours.within(real, generated, NearestNeighbours.squaredRadii(generated, 3)))
        .isEqualTo(Golden.flags(name + "real_in_generated"));
    PrecisionRecall shares = PrecisionRecall.of(real, generated, 3);
    assertThat(shares.precision()).isCloseTo(0.67, within(1e-12));
    assertThat(shares.recall()).isCloseTo(0.708, within(1e-12));
  }

  @Test
  void of_goldenFeatures_equalsAdmInItsFloatPath() {
    String name = "prc_adm/";
    FeatureMatrix generated = Golden.features(name + "features_sample_fp32_path");
    FeatureMatrix real = Golden.features(name + "features_ref_fp32_path");
    double[] radii = NearestNeighbours.squaredRadii(real, 3);
    double[] expected = Golden.doubles(name + "squared_radii_ref_fp32_path");
    for (int i = 0; i < radii.length; i++) {
      assertThat(radii[i]).isCloseTo(expected[i], within(1e-3 + 1e-4 * expected[i]));
    }
    assertThat(NearestNeighbours.within(generated, real, radii))
        .isEqualTo(Golden.flags(name + "sample_in_ref_fp32_path"));
    PrecisionRecall shares = PrecisionRecall.of(real, generated, 3);
    assertThat(shares.precision()).isCloseTo(0.7, within(1e-12));
    assertThat(shares.recall()).isCloseTo(0.72, within(1e-12));
  }

  @Test
  void squaredRadii_manyBlocks_equalsSortingAllDistances() {
    int n = 600;
    FeatureMatrix features = Noise.features(n, 7, 1, 8);
    double[] radii = NearestNeighbours.squaredRadii(features, 4);
    for (int i = 0; i < n; i++) {
      double[] distances = new double[n];
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < 7; c++) {
          double difference = (double) features.values()[i * 7 + c] - features.values()[j * 7 + c];
          distances[j] += difference * difference;
        }
      }
      Arrays.sort(distances);
      assertThat(radii[i]).isCloseTo(distances[4], within(1e-11));
    }
  }

  @Test
  void of_copiesOfTheRealImages_isOneEvenOnTheEdges() {
    // Every ball ends exactly at another image, so a rounding error would show.
    FeatureMatrix real = Noise.features(100, 33, 1, 2);
    assertThat(PrecisionRecall.of(real, real, 3)).isEqualTo(new PrecisionRecall(1, 1));
    double[] radii = NearestNeighbours.squaredRadii(real, 1);
    FeatureMatrix duplicates = twice(real);
    assertThat(NearestNeighbours.squaredRadii(duplicates, 1)).containsOnly(0);
    assertThat(NearestNeighbours.squaredRadii(duplicates, 2)).startsWith(radii);
  }

  private static FeatureMatrix twice(FeatureMatrix features) {
    float[] values = Arrays.copyOf(features.values(), 2 * features.values().length);
    System.arraycopy(features.values(), 0, values, features.values().length, values.length / 2);
    return new FeatureMatrix(values, 2 * features.rows(), features.columns());
  }

  @Test
  void of_farSets_isZero() {
    FeatureMatrix near = Noise.features(30, 3, 0.1, 1);
    float[] shifted = near.values().clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += 1000;
    }
    assertThat(PrecisionRecall.of(near, new FeatureMatrix(shifted, 30, 3), 3))
        .isEqualTo(new PrecisionRecall(0, 0));
  }

  @Test
  void squaredRadii_anyNumberOfThreads_givesTheSameBits() {
    FeatureMatrix features = Noise.features(300, 40, 1, 6);
    double[] expected = Threads.with(1, () -> NearestNeighbours.squaredRadii(features, 3));
    assertThat(Threads.with(3, () -> NearestNeighbours.squaredRadii(features, 3)))
        .isEqualTo(expected);
  }

  @Test
  void squaredRadii_noMoreImagesThanNeighbours_isRefused() {
    assertThatThrownBy(() -> NearestNeighbours.squaredRadii(Noise.features(3, 2, 1, 1), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 images are too few for 3 neighbours");
  }

  @Test
  void adm_largeFeatures_countInFullPrecision() {
    // Their distances are beyond half precision, in every block.
    FeatureMatrix real = Noise.features(90, 5, 1000, 1);
    FeatureMatrix generated = Noise.features(70, 5, 1000, 2);
    assertThat(PrecisionRecall.adm(real, generated, 3))
        .isEqualTo(PrecisionRecall.of(real, generated, 3));
  }

  @Test
  void adm_anyNumberOfThreads_givesTheSameBits() {
    FeatureMatrix real = Noise.features(300, 40, 1, 6);
    FeatureMatrix generated = Noise.features(200, 40, 1, 7);
    PrecisionRecall expected = Threads.with(1, () -> PrecisionRecall.adm(real, generated, 3));
    assertThat(Threads.with(3, () -> PrecisionRecall.adm(real, generated, 3))).isEqualTo(expected);
  }
}
