package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DensityCoverageTest {
  @Test
  void of_twoClusters_countsBallsAndCoveredImages() {
    // Balls of the one nearest neighbour: two of radius 1 about 0 and 1, two of radius 2 about 10,
    // 12.
    FeatureMatrix real = line(0, 1, 10, 12);
    FeatureMatrix generated = line(0.5f, 0.25f, 100);
    assertThat(DensityCoverage.of(real, generated, 1)).isEqualTo(new DensityCoverage(4.0 / 3, 0.5));
  }

  @Test
  void of_surfaceOfABall_isOutside() {
    assertThat(DensityCoverage.of(line(0, 1), line(2), 1)).isEqualTo(new DensityCoverage(0, 0));
  }

  @Test
  void of_anyNumberOfThreads_givesTheSameBits() {
    FeatureMatrix real = Noise.features(300, 20, 1, 1);
    FeatureMatrix generated = Noise.features(700, 20, 1, 2);
    DensityCoverage expected = Threads.with(1, () -> DensityCoverage.of(real, generated, 5));
    assertThat(Threads.with(3, () -> DensityCoverage.of(real, generated, 5))).isEqualTo(expected);
  }

  @Test
  void of_noMoreRealImagesThanNeighbours_isRefused() {
    assertThatThrownBy(() -> DensityCoverage.of(line(1, 2), line(1), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 images are too few for 2 neighbours");
  }

  private static FeatureMatrix line(float... places) {
    return new FeatureMatrix(places, places.length, 1);
  }
}
