package dev.vernier.harness.gate;

import static dev.vernier.harness.gate.Numbers.cell;
import static dev.vernier.harness.gate.Numbers.judge;
import static dev.vernier.harness.gate.Numbers.normal;
import static dev.vernier.harness.gate.Numbers.plus;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

/** How often simulated gates say what. */
class FalseAlarmTest {
  private static final int IMAGES = 40;
  private static final double RATE = 0.05;
  private static final double TOLERANCE = 0.2;
  private static final double JITTER = 0.3;
  private static final double BETWEEN_TRAININGS = 0.1;
  private static final int TRAININGS = 6;

  private static double share(
      int gates, Random random, int cells, Simulation one, Predicate<GateResult> so) {
    int count = 0;
    for (int gate = 0; gate < gates; gate++) {
      Numbers before = new Numbers();
      Numbers after = new Numbers();
      for (int i = 0; i < cells; i++) {
        one.add("method " + i, random, before, after);
      }
      count += so.test(judge(before.snapshot(), after.snapshot(), TOLERANCE, RATE)) ? 1 : 0;
    }
    return (double) count / gates;
  }

  private interface Simulation {
    void add(String method, Random random, Numbers before, Numbers after);
  }

  /** The same weights on images that were drawn by chance, whose scores change by so much. */
  private static Simulation given(double change) {
    return (method, random, before, after) -> {
      double[] images = normal(random, IMAGES, 25, 3);
      before.with(cell(method, null, Map.of()), images);
      double[] now = plus(images, normal(random, IMAGES, change, JITTER));
      after.with(cell(method, null, Map.of()), now);
    };
  }

  /** Trained anew besides, and calibrated with some trainings. */
  private static Simulation trained(double change) {
    return (method, random, before, after) -> {
      double[] trainings = normal(random, TRAININGS, 0, BETWEEN_TRAININGS);
      double[] images = plus(normal(random, IMAGES, 25, 3), trainings[0]);
      Spread spread = new Spread(Math.sqrt(StatUtils.variance(trainings)), TRAININGS);
      before.with(cell(method, 1L, Map.of()), spread, images);
      double another = BETWEEN_TRAININGS * random.nextGaussian() - trainings[0];
      double[] now = plus(images, normal(random, IMAGES, change + another, JITTER));
      after.with(cell(method, 1L, Map.of()), now);
    };
  }

  /** The worst that is allowed: every metric of every cell lost all of its tolerance. */
  @Test
  void lossOfTheWholeTolerance_failsAtTheStatedRate() {
    // 0.05 give or take three standard errors of 2,000 gates.
    assertThat(share(2000, new Random(7), 3, given(-TOLERANCE), GateResult::failed))
        .isBetween(.035, .065);
  }

  /** What images and trainings add together, Satterthwaite's degrees of freedom approximate. */
  @Test
  void lossOfTheWholeTolerance_failsAtMostAtTheStatedRate_whereCellsAreTrainedAnew() {
    assertThat(share(1000, new Random(8), 3, trained(-TOLERANCE), GateResult::failed))
        .isBetween(.01, .07);
  }

  @Test
  void honestGates_pass() {
    assertThat(share(1000, new Random(9), 3, given(0), GateResult::passed)).isGreaterThan(.99);
  }

  @Test
  void smallestChange_isFoundInFourOfFiveCases() {
    double error = JITTER / Math.sqrt(IMAGES);
    TDistribution t = new TDistribution(IMAGES - 1);
    double detects =
        TOLERANCE
            + error
                * (t.inverseCumulativeProbability(1 - RATE) + t.inverseCumulativeProbability(.8));
    assertThat(share(1000, new Random(11), 1, given(-detects), GateResult::failed))
        .isBetween(.76, .84);
  }
}
