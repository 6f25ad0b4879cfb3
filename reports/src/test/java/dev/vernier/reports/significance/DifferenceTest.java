package dev.vernier.reports.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Metric;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static Difference difference(double[] perSeed, Optional<Variance> overImages) {
    return new Difference(
        StatUtils.mean(perSeed),
        perSeed.length > 1 ? Optional.of(Variance.ofMean(perSeed)) : Optional.empty(),
        overImages,
        perSeed.length,
        overImages.isPresent() ? 1000 : 0,
        List.of());
  }

  @Test
  void seedsThatAgree_decideNothing_whereTheImagesMayBeOthers() {
    // Three seeds spread by 0.0001, the images by 0.010: 1.96 standard errors are 0.0196.
    Difference difference =
        difference(new double[] {-0.0169, -0.0170, -0.0171}, Optional.of(new Variance(1e-4, 1e6)));
    Metric.Interval interval = difference.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(-0.0170 - 0.0196, within(5e-6));
    assertThat(interval.high()).isCloseTo(-0.0170 + 0.0196, within(5e-6));
    assertThat(difference.below() || difference.above()).isFalse();
    assertThat(difference.p().orElseThrow()).isBetween(0.08, 0.1);
    assertThat(difference.evidence()).isEqualTo(Evidence.SEEDS_AND_IMAGES);
    assertThat(difference.test()).isEqualTo("t-test over 3 seeds and the images");
  }

  @Test
  void seedsAlone_equalSciPy() {
    // scipy.stats.ttest_rel([10.2, 11.1, 9.8, 10.9], [12.0, 12.2, 11.9, 12.1])
    double[] differences = {10.2 - 12.0, 11.1 - 12.2, 9.8 - 11.9, 10.9 - 12.1};
    Difference difference = difference(differences, Optional.empty());
    assertThat(difference.value()).isCloseTo(-1.55, within(1e-12));
    assertThat(difference.p().orElseThrow()).isCloseTo(0.007512234158403837, within(1e-9));
    Metric.Interval interval = difference.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(-2.313123815606485, within(1e-7));
    assertThat(interval.high()).isCloseTo(-0.7868761843935145, within(1e-7));
    assertThat(difference.below()).isTrue();
    assertThat(difference.above()).isFalse();
    assertThat(difference.test()).isEqualTo("t-test over 4 seeds, images not resampled");
    assertThat(difference.evidence()).isEqualTo(Evidence.ONE_SET_OF_IMAGES);
  }

  @Test
  void seedsAndImages_equalSciPy() {
    // v = [numpy.var(d, ddof=1) / 4, 0.04]; df = sum(v)**2 / (v[0]**2 / 3 + v[1]**2 / 99)
    // scipy.stats.t.interval(0.95, df, -1.55, sum(v)**.5), 2 * scipy.stats.t.sf(1.55 / ..., df)
    double[] differences = {10.2 - 12.0, 11.1 - 12.2, 9.8 - 11.9, 10.9 - 12.1};
    Difference difference = difference(differences, Optional.of(new Variance(0.04, 99)));
    Metric.Interval interval = difference.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(-2.2627289165038, within(1e-7));
    assertThat(interval.high()).isCloseTo(-0.8372710834961998, within(1e-7));
    assertThat(difference.p().orElseThrow()).isCloseTo(0.0009199029386879186, within(1e-9));
  }

  @Test
  void oneSeed_isTestedOverImagesAlone_andSaysThatSeedsWereNotVaried() {
    Difference difference = difference(new double[] {-2}, Optional.of(new Variance(0.01, 1e6)));
    assertThat(difference.below()).isTrue();
    assertThat(difference.test()).isEqualTo("t-test over the images, 1 seed: seeds not varied");
    assertThat(difference.evidence()).isEqualTo(Evidence.ONE_SEED);
    assertThat(difference.evidence().words()).isEqualTo("at one seed (seeds not varied)");
    assertThat(difference(new double[] {-2}, Optional.empty()).interval()).isEmpty();
    assertThat(difference(new double[] {-2}, Optional.empty()).test()).isEqualTo("no test, 1 seed");
  }

  @Test
  void twoSeeds_areNoEvidenceOfTheirSpread() {
    Difference difference = difference(new double[] {-2, -2.1}, Optional.of(new Variance(0, 9)));
    assertThat(difference.evidence()).isEqualTo(Evidence.TWO_SEEDS);
    // t(1, 0.975) = 12.706204736432095
    assertThat(difference.interval().orElseThrow().high())
        .isCloseTo(-2.05 + 12.706204736432095 * 0.05, within(1e-7));
  }

  @Test
  void differenceWithoutSpread_hasAPointForAnInterval() {
    Difference all = difference(new double[] {0.25, 0.25, 0.25}, Optional.of(new Variance(0, 9)));
    assertThat(all.interval()).contains(new Metric.Interval(0.25, 0.25));
    assertThat(all.p()).contains(0.0);
    Difference none = difference(new double[] {0, 0, 0}, Optional.empty());
    assertThat(none.p()).contains(1.0);
    assertThat(none.below() || none.above()).isFalse();
  }
}
