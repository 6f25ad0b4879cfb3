package dev.vernier.reports.significance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
  /**
   * A plan for a difference.
   *
   * @param seed standard deviation between seeds
   * @param images standard error over 1,000 images
   */
  private static String plan(double value, int seeds, double seed, double images) {
    return Planner.of(
        new Difference(
            value,
            seeds > 1
                ? Optional.of(new Variance(seed * seed / seeds, seeds - 1))
                : Optional.empty(),
            Optional.of(new Variance(images * images, 1e6)),
            seeds,
            1000,
            List.of()));
  }

  @Test
  void imagesDecide_whereSeedsAgree() {
    // (1.9600 + 0.8416)^2 0.010^2 / 0.0170^2 = 2.716 times the images.
    assertThat(plan(-0.0170, 3, 0.0001, 0.010)).isEqualTo("2,717 images at 3 seeds");
  }

  @Test
  void seedsDecide_whereTheyDiffer() {
    // The first n for which t(0.975) + t(0.8) standard errors of n seeds are below, as SciPy has t.
    assertThat(plan(-0.0170, 3, 0.020, 0.0001)).isEqualTo("13 seeds on these images");
  }

  @Test
  void bothHaveToGrow_whereNeitherIsEnough() {
    // 102 times of either, as SciPy has t.
    assertThat(plan(-0.0170, 3, 0.1, 0.02)).isEqualTo("306 seeds and 102,000 images");
  }

  @Test
  void decidedDifference_needsNoPlan() {
    assertThat(plan(-1, 3, 0.01, 0.01)).isEmpty();
  }

  @Test
  void oneSeed_saysNothingOfTheirSpread() {
    assertThat(plan(-1, 1, 0, 0.01)).isEqualTo("3 seeds or more, whose spread is unknown yet");
    assertThat(plan(-1, 2, 0.01, 0.01)).isEqualTo("3 seeds on these images");
    assertThat(plan(0, 3, 0.01, 0.01)).isEqualTo("no difference was observed");
  }

  @Test
  void seedsThatDrawTheirOwnImages_areAllThatIsAskedFor() {
    Optional<Variance> overSeeds = Optional.of(new Variance(0.0265 * 0.0265 / 3, 2));
    assertThat(
            Planner.of(
                new Difference(0.03, overSeeds, Optional.of(Variance.NONE), 3, 0, List.of())))
        .isEqualTo("9 seeds");
  }

  @Test
  void givenWeights_haveNoOtherSeeds() {
    Optional<Variance> overImages = Optional.of(new Variance(0.01, 166));
    assertThat(Planner.of(new Difference(1, Optional.empty(), overImages, 0, 1000, List.of())))
        .isEqualTo("nothing: given weights have no other seeds");
  }

  /** Nothing holds on one set of images: seeds alone, however many, do not decide. */
  @Test
  void imagesThatWereNotVaried_areAskedFor() {
    // (2.306 + 0.889) 0.0265 / 3 = 0.0282 at nine seeds, 0.0305 at eight.
    Difference difference =
        new Difference(
            0.03,
            Optional.of(new Variance(0.0265 * 0.0265 / 3, 2)),
            Optional.empty(),
            3,
            1000,
            List.of());
    assertThat(Planner.of(difference))
        .isEqualTo("9 seeds on these images, and other images, whose spread is unknown");
  }
}
