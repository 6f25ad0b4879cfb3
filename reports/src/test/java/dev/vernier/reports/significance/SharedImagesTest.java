package dev.vernier.reports.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Replicates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often methods that are equally good are found to differ, all seeds on the same images. */
class SharedImagesTest {
  private static final int TRIALS = 2000;
  private static final int IMAGES = 100;
  private static final int REPLICATES = 200;

  /** Standard deviation of what an image adds, and of what a seed adds: their means are alike. */
  private static final double IMAGE_SPREAD = 1;

  private static final double SEED_SPREAD = 0.1;

  @ParameterizedTest
  @CsvSource({"3, 328", "10, 1024"})
  void equalMethods_areFoundToDifferInAboutOneOfTwentyTrials(int seeds, int bySeedsAlone) {
    Random random = new Random(seeds);
    int both = 0;
    int seedsAlone = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Difference difference = trial(seeds, random);
      both += decided(difference) ? 1 : 0;
      seedsAlone +=
          decided(
                  new Difference(
                      difference.value(),
                      difference.overSeeds(),
                      Optional.empty(),
                      seeds,
                      0,
                      List.of()))
              ? 1
              : 0;
    }
    // 5% of 2,000 are 100, with a standard error of 10.
    assertThat(both).isBetween(70, 130);
    // P(|t| > q / sqrt(1 + seeds)) for Student's t and its quantile q: 16% and 51%, as SciPy has
    // it.
    assertThat(seedsAlone).isCloseTo(bySeedsAlone, within(70));
  }

  private static boolean decided(Difference difference) {
    return difference.below() || difference.above();
  }

  /** Methods whose true difference is 0: what is measured is due to the images and the seeds. */
  private static Difference trial(int seeds, Random random) {
    double[] image = DoubleStream.generate(random::nextGaussian).limit(IMAGES).toArray();
    double shared = StatUtils.mean(image) * IMAGE_SPREAD;
    double[] perSeed =
        DoubleStream.generate(() -> shared + SEED_SPREAD * random.nextGaussian())
            .limit(seeds)
            .toArray();
    List<Double> replicates = new ArrayList<>();
    for (int r = 0; r < REPLICATES; r++) {
      double sum = 0;
      for (int i = 0; i < IMAGES; i++) {
        sum += image[random.nextInt(IMAGES)];
      }
      replicates.add(sum / IMAGES * IMAGE_SPREAD);
    }
    OverImages overImages = OverImages.of(new Replicates(1, "p", IMAGES, 95, replicates));
    return new Difference(
        Arrays.stream(perSeed).average().orElseThrow(),
        Optional.of(Variance.ofMean(perSeed)),
        overImages.variance(),
        seeds,
        IMAGES,
        List.of());
  }
}
