package dev.vernier.harness.gate;

import static dev.vernier.harness.gate.Numbers.cell;
import static dev.vernier.harness.gate.Numbers.judge;
import static dev.vernier.harness.gate.Numbers.judged;
import static dev.vernier.harness.gate.Numbers.measured;
import static dev.vernier.harness.gate.Numbers.normal;
import static dev.vernier.harness.gate.Numbers.plus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.MetricKind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final GateCell GIVEN = cell("VQGAN", null, Map.of("loss", "l2"));
  private static final GateCell TRAINED = cell("VQGAN", 1L, Map.of("loss", "l2"));
  private static final double[] IMAGES = normal(new Random(1), 100, 25, 3);
  private static final double[] JITTER = normal(new Random(2), 100, 0, 0.1);

  /** The PSNR of all images is this much higher, give or take one that differs by image. */
  private static Snapshot changed(GateCell cell, double by) {
    return new Numbers().with(cell, plus(plus(IMAGES, JITTER), by)).snapshot();
  }

  private static Snapshot before(GateCell cell) {
    return new Numbers().with(cell, IMAGES).snapshot();
  }

  private static Snapshot calibrated(double deviation, int trainings) {
    return new Numbers().with(TRAINED, new Spread(deviation, trainings), IMAGES).snapshot();
  }

  @Test
  void change_isHeldAgainstToleranceAndPairedNoise() {
    // Paired, chance adds 0.03; that of unpaired images would be 1.2.
    Comparison small = judged(judge(before(GIVEN), changed(GIVEN, -0.02), 0.1));
    assertThat(small.verdict()).isEqualTo(Verdict.PASS);
    assertThat(small.noise().orElseThrow()).isBetween(0.02, 0.04);
    Comparison large = judged(judge(before(GIVEN), changed(GIVEN, -0.2), 0.1));
    assertThat(large.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(large.reason()).contains("worse by 0.197, tolerance 0.1");
    assertThat(large.detects().orElseThrow()).isBetween(0.12, 0.15);
    Comparison near = judged(judge(before(GIVEN), changed(GIVEN, -0.12), 0.1));
    assertThat(near.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(near.reason()).contains("images would decide");
  }

  @Test
  void unequallyManyResamples_areSaidNotToPair() {
    Snapshot three = new Numbers().resampled(GIVEN, 24, 25, 26).snapshot();
    Snapshot four = new Numbers().resampled(GIVEN, 24, 25, 26, 25).snapshot();
    assertThat(judge(three, three, 0.1).notes()).isEmpty();
    assertThat(judge(three, four, 0.1).notes())
        .containsExactly(
            "the baseline's images were resampled 3 times, the run's 4 times: they are not paired,"
                + " which widens the noise; take one bootstrap");
  }

  @Test
  void better_passes_andIsSaid() {
    GateResult result = judge(before(GIVEN), changed(GIVEN, 0.5), 0.1);
    assertThat(result.passed()).isTrue();
    assertThat(new GateTable(result).lines())
        .anySatisfy(line -> assertThat(line).startsWith("better: PSNR of VQGAN: better by 0.5"));
  }

  @Test
  void noiseWiderThanTheTolerance_isNoPass() {
    Comparison found = judged(judge(before(GIVEN), changed(GIVEN, 0), 0.01));
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(found.reason()).contains("wider than the tolerance of 0.01", "images would decide");
  }

  @Test
  void betterBeyondNoiseThatIsWiderThanTheTolerance_passes() {
    assertThat(judged(judge(before(GIVEN), changed(GIVEN, 1), 0.01)).verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void sameNumber_passes_whateverTheNoise() {
    Comparison found = judged(judge(calibrated(5, 3), before(TRAINED), 0.01));
    assertThat(found.verdict()).isEqualTo(Verdict.PASS);
    assertThat(found.reason()).isEqualTo("the same number");
    Snapshot rounded = new Numbers().with(GIVEN, plus(IMAGES, -1e-3)).snapshot();
    GateResult result = judge(before(GIVEN), rounded, 0);
    assertThat(judged(result).verdict()).isEqualTo(Verdict.PASS);
    assertThat(new GateTable(result).rows().get(1)).endsWith("pass: the same number");
  }

  @Test
  void toleranceBelowArithmetic_isSaidToCountAsThat() {
    assertThat(judge(before(GIVEN), changed(GIVEN, 0), 0).notes())
        .singleElement()
        .asString()
        .matches(
            "the tolerance of 0 for PSNR of VQGAN counts as 0\\.002\\d+, what processors may change");
    assertThat(judge(before(GIVEN), changed(GIVEN, 0), 0.01).notes()).isEmpty();
  }

  @Test
  void trainedOnce_cannotFail_untilItIsCalibrated() {
    Comparison unknown = judged(judge(before(TRAINED), changed(TRAINED, -1), 0.1));
    assertThat(unknown.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(unknown.reason()).contains("calibrate");
    assertThat(unknown.detects()).isEmpty();
    Comparison known = judged(judge(calibrated(0.02, 8), changed(TRAINED, -1), 0.1));
    assertThat(known.verdict()).isEqualTo(Verdict.FAIL);
    Comparison wide = judged(judge(calibrated(0.5, 8), changed(TRAINED, -0.05), 0.1));
    assertThat(wide.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(wide.reason()).contains("seeds would decide");
  }

  @Test
  void noiseThatNothingSays_letsNothingFail() {
    Snapshot before = new Numbers().with(GIVEN, Map.of(Numbers.psnr(), measured(25))).snapshot();
    Snapshot worse = new Numbers().with(GIVEN, Map.of(Numbers.psnr(), measured(20))).snapshot();
    assertThat(judged(judge(before, worse, 0.1)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    Snapshot near = new Numbers().with(GIVEN, Map.of(Numbers.psnr(), measured(24.95))).snapshot();
    assertThat(judged(judge(before, near, 0.1)).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void imagesThatAreNotTheSame_areNotPaired() {
    double[] fewer = new double[99];
    System.arraycopy(plus(IMAGES, -0.5), 0, fewer, 0, 99);
    Snapshot run = new Numbers().with(GIVEN, fewer).snapshot();
    Comparison found = judged(judge(before(GIVEN), run, 0.1));
    assertThat(found.noise().orElseThrow()).isGreaterThan(1);
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void seeds_areJudgedByTheirMean() {
    Numbers before = new Numbers();
    Numbers after = new Numbers();
    Spread spread = new Spread(0.02, 9);
    for (long seed = 1; seed <= 3; seed++) {
      GateCell cell = cell("VQGAN", seed, Map.of());
      before.with(cell, spread, IMAGES);
      // One seed is worse, the others make up for it.
      after.with(cell, plus(plus(IMAGES, JITTER), seed == 1 ? -0.3 : 0.15));
    }
    GateResult result = judge(before.snapshot(), after.snapshot(), 0.1);
    assertThat(judged(result).cell()).isEqualTo("VQGAN, mean of seeds 1, 2, 3");
    assertThat(judged(result).verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.of(Verdict.REPORTED))
        .extracting(Comparison::cell)
        .containsExactly("VQGAN, seed 1", "VQGAN, seed 2", "VQGAN, seed 3");
  }

  @Test
  void otherProtocol_isNotComparable_andSaysWhatDiffers() {
    Measured other = new Measured("PSNR", 30, null, null, 50, "ffff", null, null);
    Snapshot run =
        new Numbers()
            .with(GIVEN, Map.of(Numbers.psnr(), other))
            .protocol("ffff", Map.of("images", "50"))
            .snapshot();
    GateResult result = judge(before(GIVEN), run, 0.1);
    assertThat(judged(result).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(judged(result).reason()).contains("images 50, was 100");
    assertThat(judged(result).change()).isEmpty();
    assertThat(result.passed()).isFalse();
    assertThat(result.failed()).isFalse();
    assertThat(result.unmeasured()).isTrue();
  }

  @Test
  void whatVanished_isMissing_andNoPass() {
    Snapshot empty = new Numbers().with(GIVEN, Map.of()).snapshot();
    assertThat(judged(judge(before(GIVEN), empty, 0.1)).verdict()).isEqualTo(Verdict.MISSING);
    Snapshot other = new Numbers().with(cell("LFQ", null, Map.of()), IMAGES).snapshot();
    GateResult result = judge(before(GIVEN), other, 0.1);
    assertThat(judged(result).verdict()).isEqualTo(Verdict.MISSING);
    assertThat(judged(result).reason()).isEqualTo("the run has no such cell");
    assertThat(result.unmeasured()).isTrue();
    assertThat(result.of(Verdict.REPORTED))
        .singleElement()
        .satisfies(each -> assertThat(each.reason()).startsWith("new: "));
  }

  /** A cell that was renamed, or has another seed now, is found among them. */
  @Test
  void missingCell_isSaidBesideThoseThatTheRunHas_itsOwnMethodFirst() {
    Numbers after = new Numbers();
    for (long seed = 1; seed <= 2; seed++) {
      after.with(cell("LFQ", seed, Map.of()), IMAGES);
    }
    for (long seed = 2; seed <= 4; seed++) {
      after.with(cell("VQGAN", seed, Map.of("loss", "l2")), IMAGES);
    }
    assertThat(judge(before(TRAINED), after.snapshot(), 0.1).notes())
        .containsExactly(
            "VQGAN, seed 1 is not in the run, which has VQGAN, seed 2; VQGAN, seed 3; VQGAN, seed 4;"
                + " LFQ, seed 1; and 1 more");
    assertThat(judge(before(TRAINED), new Numbers().snapshot(), 0.1).notes())
        .containsExactly("VQGAN, seed 1 is not in the run, which has no cells with results");
  }

  @Test
  void failedCell_isMissing_withItsError() {
    GateCell failed = new GateCell("VQGAN", null, Map.of(), Map.of(), Map.of(), "loss is NaN");
    Snapshot run = new Numbers().with(failed, Map.of()).snapshot();
    Comparison found = judged(judge(before(GIVEN), run, 0.1));
    assertThat(found.verdict()).isEqualTo(Verdict.MISSING);
    assertThat(found.reason()).isEqualTo("the cell failed: loss is NaN");
  }

  @Test
  void metricWithoutToleranceOrDirection_isReported() {
    Map<String, Measured> metrics =
        Map.of(MetricKind.ENTROPY.key(), measured(8), MetricKind.KID.key(), measured(1));
    Snapshot numbers = new Numbers().with(GIVEN, metrics).snapshot();
    GateResult result = judge(numbers, numbers, 0.1);
    assertThat(result.of(Verdict.REPORTED)).hasSize(2);
    assertThat(result.unmeasured()).as("nothing was judged").isTrue();
  }

  @Test
  void cellsAreKnownByWhatTellsThemApart() {
    Numbers before = new Numbers();
    Numbers after = new Numbers();
    for (String size : List.of("256", "1024")) {
      Map<String, String> old = Map.of("codebook-size", size, "learning-rate", "1e-4");
      before.with(cell("VQGAN", 1L, old), IMAGES);
      Map<String, String> now = Map.of("codebook-size", size, "learning-rate", "2e-4", "new", "1");
      after.with(cell("VQGAN", 1L, now), IMAGES);
    }
    GateResult result = judge(before.snapshot(), after.snapshot(), 0.1);
    assertThat(result.of(Verdict.PASS))
        .extracting(Comparison::cell)
        .containsExactly("VQGAN, codebook-size=1024, seed 1", "VQGAN, codebook-size=256, seed 1");
    assertThat(result.notes())
        .anySatisfy(note -> assertThat(note).contains("learning-rate 2e-4, was 1e-4"));
  }

  @Test
  void gridThatTheRunAdds_doesNotHideTheOldCell() {
    Snapshot before =
        new Numbers().with(cell("VQGAN", 1L, Map.of("codebook-size", "256")), IMAGES).snapshot();
    Numbers after = new Numbers();
    after.with(cell("VQGAN", 1L, Map.of("codebook-size", "256")), IMAGES);
    after.with(cell("VQGAN", 1L, Map.of("codebook-size", "512")), plus(IMAGES, -5));
    GateResult result = judge(before, after.snapshot(), 0.1);
    assertThat(judged(result).verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.of(Verdict.REPORTED))
        .singleElement()
        .satisfies(each -> assertThat(each.cell()).contains("512"));
  }
}
