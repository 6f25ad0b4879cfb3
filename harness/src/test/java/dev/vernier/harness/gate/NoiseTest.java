package dev.vernier.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.reports.significance.Variance;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoiseTest {
  private static final Level LEVEL = new Level(3e-4);

  private static double reach(Optional<Variance> overImages, Optional<Spread> spread) {
    return new Noise(500, 3, overImages, spread, true).reach(LEVEL).orElseThrow();
  }

  /** The variance over images has so many degrees of freedom that they would lend some. */
  @Test
  void furtherReason_makesNoNoiseSmaller() {
    Optional<Spread> threeSeeds = Optional.of(new Spread(0.01, 3));
    double trainings = reach(Optional.empty(), threeSeeds);
    for (double variance = 1e-8; variance < 1; variance *= 3) {
      Optional<Variance> images = Optional.of(new Variance(variance, 400));
      assertThat(reach(images, threeSeeds))
          .isGreaterThanOrEqualTo(trainings)
          .isGreaterThanOrEqualTo(reach(images, Optional.empty()));
    }
  }

  @Test
  void trainings_averageOutOverSeeds() {
    Spread spread = new Spread(0.3, 10);
    Noise one = new Noise(500, 1, Optional.empty(), Optional.of(spread), true);
    Noise nine = new Noise(500, 9, Optional.empty(), Optional.of(spread), true);
    assertThat(one.reach(LEVEL).orElseThrow() / nine.reach(LEVEL).orElseThrow())
        .isBetween(2.999, 3.001);
  }
}
