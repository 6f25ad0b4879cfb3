package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InfiniteSamplesTest {
  @Test
  void parts_areOfTheSizesBetweenATenthAndAll() {
    int[][] parts = InfiniteSamples.parts(50_000, 1);
    assertThat(parts.length).isEqualTo(15);
    assertThat(parts[0]).hasSize(5000);
    assertThat(parts[14]).hasSize(50_000);
    assertThat(Arrays.stream(parts[7]).distinct()).hasSize(27_500);
  }

  @Test
  void frechet_ofOneDistribution_isZeroOnAverageWhereThatOfTheSetIsNot() {
    FeatureStatistics real = FeatureStatistics.of(Noise.features(50_000, 6, 1, 1));
    double finite = 0;
    double infinite = 0;
    int sets = 40;
    for (int i = 0; i < sets; i++) {
      FeatureMatrix generated = Noise.features(400, 6, 1, 2 + i);
      finite += FrechetDistance.between(real, FeatureStatistics.of(generated)) / sets;
      infinite += InfiniteSamples.frechet(real, generated, 2020) / sets;
    }
    assertThat(Math.abs(infinite)).isLessThan(finite / 4);
  }

  @Test
  void frechet_ofPairs_isTheDistanceThatSetsWithoutPartnersWouldMiss() {
    // Noise of a tenth of the spread on every feature: what remains of many images is 8 x
    // (sqrt(1.01) - 1)^2 of each variance.
    double finite = 0;
    double pairs = 0;
    double without = 0;
    int sets = 10;
    for (int set = 0; set < sets; set++) {
      FeatureMatrix real = Noise.features(400, 8, 1, 10 + set);
      FeatureMatrix noise = Noise.features(400, 8, 0.1, 90 + set);
      float[] values = real.values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] += noise.values()[i] - i % 8 % 7;
      }
      FeatureMatrix other = new FeatureMatrix(values, 400, 8);
      FeatureStatistics statistics = FeatureStatistics.of(real);
      finite += FrechetDistance.between(statistics, FeatureStatistics.of(other)) / sets;
      pairs += InfiniteSamples.frechet(real, other, 2020) / sets;
      without += InfiniteSamples.frechet(statistics, other, 2020) / sets;
    }
    assertThat(pairs).isBetween(-finite / 2, finite);
    assertThat(without).isLessThan(-5 * finite);
  }

  @Test
  void ofParts_anyParts_equalsTheDistanceOfEach() {
    FeatureMatrix real = Noise.features(70, 4, 1, 1);
    FeatureMatrix generated = Noise.features(600, 4, 2, 2);
    int[][] parts = InfiniteSamples.parts(600, 3);
    int[][] everything = new int[parts.length][];
    Arrays.fill(everything, IntStream.range(0, real.rows()).toArray());
    double[] distances = KernelDistance.ofParts(real, everything, generated, parts);
    for (int i = 0; i < parts.length; i++) {
      float[] values = new float[4 * parts[i].length];
      for (int k = 0; k < parts[i].length; k++) {
        System.arraycopy(generated.values(), 4 * parts[i][k], values, 4 * k, 4);
      }
      FeatureMatrix some = new FeatureMatrix(values, parts[i].length, 4);
      assertThat(distances[i]).isCloseTo(KernelDistance.full(real, some), within(1e-9));
    }
  }

  @Test
  void kernel_anyNumberOfThreads_givesTheSameBits() {
    FeatureMatrix real = Noise.features(200, 8, 1, 1);
    FeatureMatrix generated = Noise.features(300, 8, 2, 2);
    double expected = Threads.with(1, () -> InfiniteSamples.kernel(real, generated, 5));
    assertThat(Threads.with(3, () -> InfiniteSamples.kernel(real, generated, 5)))
        .isEqualTo(expected);
  }

  @Test
  void parts_ofTooFewImages_areRefused() {
    assertThatThrownBy(() -> InfiniteSamples.parts(19, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("19 images are too few");
  }
}
