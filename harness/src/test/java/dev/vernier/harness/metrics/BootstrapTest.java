package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Metric.Interval;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void frechet_noisyCopies_enclosesTheDistance() {
    FeatureMatrix real = Noise.features(200, 8, 1, 1);
    FeatureMatrix other = disturbed(real, 0.5);
    double value = distance(real, other);
    Interval interval = interval(real, other, value, 200, 1);
    assertThat(interval.low()).isBetween(0.0, value);
    assertThat(interval.high()).isBetween(value, 2 * value);
    assertThat(interval.high() - interval.low()).isPositive();
  }

  @Test
  void frechet_fewImages_isCentredInSpiteOfTheBiasOfResamples() {
    FeatureMatrix real = Noise.features(60, 20, 1, 1);
    FeatureMatrix other = disturbed(real, 1);
    double value = distance(real, other);
    Interval interval = interval(real, other, value, 200, 1);
    double below = value - interval.low();
    double above = interval.high() - value;
    assertThat(below).isBetween(above / 2, above * 2);
  }

  @Test
  void frechet_moreImages_isNarrower() {
    FeatureMatrix few = Noise.features(100, 6, 1, 1);
    FeatureMatrix many = Noise.features(1600, 6, 1, 1);
    assertThat(width(many)).isLessThan(width(few) / 2);
  }

  private static double width(FeatureMatrix real) {
    FeatureMatrix other = disturbed(real, 1);
    Interval interval = interval(real, other, distance(real, other), 100, 3);
    return interval.high() - interval.low();
  }

  @Test
  void frechet_manySamples_coversTheDistanceOfTheDistribution() {
    // The means differ by 1 in one dimension and nothing else: the distance is 1.
    int covered = 0;
    for (int sample = 0; sample < 40; sample++) {
      FeatureMatrix real = Noise.features(400, 2, 1, 100 + sample);
      FeatureMatrix other = Noise.features(400, 2, 1, 500 + sample);
      for (int i = 0; i < 400; i++) {
        other.values()[2 * i] += 1;
      }
      Interval interval = interval(real, other, distance(real, other), 100, sample);
      covered += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(33, 40);
  }

  @Test
  void corrected_fewImages_isCloserToTheDistanceOfTheDistribution() {
    // Both are of one distribution: the distance is 0, and all of what is found is bias.
    double plain = 0;
    double corrected = 0;
    int sets = 20;
    for (int set = 0; set < sets; set++) {
      FeatureMatrix real = Noise.features(80, 6, 1, 100 + set);
      FeatureMatrix other = Noise.features(80, 6, 1, 500 + set);
      double value = distance(real, other);
      plain += value / sets;
      corrected +=
          Bootstrap.corrected(value, Bootstrap.frechet(real, other, 60, set, () -> {})) / sets;
    }
    assertThat(Math.abs(corrected)).isLessThan(plain / 4);
    assertThat(Bootstrap.corrected(3, new double[] {3.5, 4.5})).isEqualTo(2);
  }

  @Test
  void frechet_identicalImages_isZeroToZero() {
    FeatureMatrix real = Noise.features(50, 4, 1, 1);
    Interval interval = interval(real, real, 0, 20, 1);
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isCloseTo(0, within(1e-9));
  }

  @Test
  void frechet_sameSeed_givesTheSameBitsOnAnyNumberOfThreads() {
    FeatureMatrix real = Noise.features(60, 9, 1, 1);
    FeatureMatrix other = disturbed(real, 1);
    double[] expected = Threads.with(1, () -> Bootstrap.frechet(real, other, 30, 7, () -> {}));
    assertThat(Threads.with(3, () -> Bootstrap.frechet(real, other, 30, 7, () -> {})))
        .isEqualTo(expected);
    assertThat(Bootstrap.frechet(real, other, 30, 8, () -> {})).isNotEqualTo(expected);
  }

  @Test
  void frechet_noReplicates_isEmpty() {
    FeatureMatrix real = Noise.features(5, 2, 1, 1);
    assertThat(Bootstrap.interval(0, Bootstrap.frechet(real, real, 0, 1, () -> {}))).isEmpty();
  }

  @Test
  void frechet_twoTokenizers_drawsTheSameImagesForBoth() {
    // Both are disturbed alike, one twice as much: on the same images they go up and down together.
    FeatureMatrix real = Noise.features(40, 3, 1, 1);
    FeatureMatrix other = disturbed(real, 1);
    FeatureMatrix worse = disturbed(real, 2);
    double[] a = Bootstrap.frechet(real, other, 60, 95, () -> {});
    double[] b = Bootstrap.frechet(real, worse, 60, 95, () -> {});
    double[] unpaired = Bootstrap.frechet(real, worse, 60, 96, () -> {});
    double paired = new PearsonsCorrelation().correlation(a, b);
    assertThat(paired).isGreaterThan(0.5);
    assertThat(paired).isGreaterThan(Math.abs(new PearsonsCorrelation().correlation(a, unpaired)));
  }

  @Test
  void frechet_setsThatAreNoPairs_areRefused() {
    FeatureMatrix five = Noise.features(5, 2, 1, 1);
    FeatureMatrix six = Noise.features(6, 2, 1, 1);
    assertThatThrownBy(() -> Bootstrap.frechet(five, six, 10, 1, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 and 6 images");
  }

  @Test
  void mean_fourNumbers_equalsTheTable() {
    // Mean 5, standard deviation sqrt(20/3), t(3, 0.975) = 3.18245.
    Interval interval = Bootstrap.mean(new double[] {2, 4, 6, 8}).orElseThrow();
    double reach = 3.182446305284263 * Math.sqrt(20.0 / 3 / 4);
    assertThat(interval.low()).isCloseTo(5 - reach, within(1e-9));
    assertThat(interval.high()).isCloseTo(5 + reach, within(1e-9));
  }

  @Test
  void mean_oneNumber_isEmpty() {
    assertThat(Bootstrap.mean(new double[] {3})).isEmpty();
  }

  private static Interval interval(
      FeatureMatrix real, FeatureMatrix other, double value, int count, long seed) {
    return Bootstrap.interval(value, Bootstrap.frechet(real, other, count, seed, () -> {}))
        .orElseThrow();
  }

  private static double distance(FeatureMatrix a, FeatureMatrix b) {
    return FrechetDistance.between(FeatureStatistics.of(a), FeatureStatistics.of(b));
  }

  private static FeatureMatrix disturbed(FeatureMatrix features, double scale) {
    Random random = new Random(9);
    float[] values = features.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (scale * random.nextGaussian());
    }
    return new FeatureMatrix(values, features.rows(), features.columns());
  }
}
