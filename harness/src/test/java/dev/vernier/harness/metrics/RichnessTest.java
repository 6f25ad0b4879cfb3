package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RichnessTest {
  private static final long[] COUNTS = {1, 1, 1, 2, 2, 3, 5, 8, 13, 21};

  @Test
  void unseenMass_isTheShareOfTokensThatOccurredOnce() {
    assertThat(Richness.unseenMass(COUNTS)).isCloseTo(3.0 / 57, within(1e-15));
  }

  @Test
  void unseenMass_isHowOftenTheNextTokenIsNew() {
    // 1,000 of 4,000 codes: exp(-1/4) of the probability is unseen.
    long[] counts = counts(new Random(1).ints(1000, 0, 4000).toArray());
    assertThat(Richness.unseenMass(counts)).isCloseTo(Math.exp(-0.25), within(0.03));
    assertThat(Richness.unseenMass(counts)).isCloseTo(1 - counts.length / 4000.0, within(0.03));
  }

  @Test
  void rarefied_equalsTheHypergeometricDistributionOfSciPy() {
    // sum(1 - scipy.stats.hypergeom(57, c, 20).pmf(0) for c in counts)
    assertThat(Richness.rarefied(COUNTS, 20)).isCloseTo(6.823564501357773, within(1e-10));
    assertThat(Richness.rarefied(COUNTS, 57)).isEqualTo(10);
    assertThat(Richness.rarefied(COUNTS, 1)).isCloseTo(1, within(1e-12));
  }

  @Test
  void rarefied_setsOfAllSizes_agree() {
    long[] few = counts(new Random(1).ints(20_000, 0, 16_384).toArray());
    long[] many = counts(new Random(2).ints(400_000, 0, 16_384).toArray());
    assertThat(many.length / 16_384.0).isGreaterThan(0.99);
    assertThat(few.length / 16_384.0).isLessThan(0.75);
    assertThat(Richness.rarefied(few, 10_000))
        .isCloseTo(Richness.rarefied(many, 10_000), within(60.0));
  }

  @Test
  void rarefied_moreTokensThanThereAre_isRefused() {
    assertThatThrownBy(() -> Richness.rarefied(COUNTS, 58))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("58 tokens of 57");
  }

  private static long[] counts(int[] codes) {
    return Occurrences.ascending(Arrays.stream(codes).asLongStream().toArray());
  }
}
