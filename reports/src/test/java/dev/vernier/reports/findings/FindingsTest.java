package dev.vernier.reports.findings;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.failed;
import static dev.vernier.reports.SampleRuns.metrics;
import static dev.vernier.reports.SampleRuns.using;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Cell;
import dev.vernier.records.Finding;
import dev.vernier.records.Finding.Check;
import dev.vernier.records.Finding.Place;
import dev.vernier.records.Run;
import dev.vernier.reports.SampleRuns;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.findings.JudgedFinding.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
  private static final Check B_BELOW_A = new Check("rfid", "B", null, "A", null, null);
  private static final Check B_ABOVE_A = new Check("rfid", "B", null, null, "A", null);

  @TempDir Path folder;

  private JudgedFinding judge(List<Cell> cells, Check... checks) throws IOException {
    return judge(null, cells, checks);
  }

  private JudgedFinding judge(String floor, List<Cell> cells, Check... checks) throws IOException {
    Finding finding = new Finding("F1", "B is better than A.", null, List.of(checks));
    Run run = SampleRuns.run(folder, "mine", "Mine", List.of(finding), cells.toArray(Cell[]::new));
    List<JudgedFinding> judged = Findings.of(List.of(SampleRuns.withFloor(run, floor)));
    assertThat(judged).hasSize(1);
    return judged.get(0);
  }

  /** A cell with resampled numbers, on which all cells go up and down together. */
  private Cell measured(Cell cell) throws IOException {
    double usage = cell.usage().orElseThrow();
    SampleRuns.writeCommonReplicates(folder, cell);
    SampleRuns.writeReplicates(
        folder, cell, "usage", "codes", usage - 1e-3, usage + 1e-3, usage - 2e-3, usage + 2e-3);
    return cell;
  }

  /** Three seeds whose rFIDs are the given ones and spread by their seed. */
  private List<Cell> seeds(String method, double rfid, int... sizes) throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      cells.add(measured(cell(method, seed, rfid + seed, sizes)));
    }
    return cells;
  }

  /** B against A at two sizes: lower by so much, seed by seed the same up to 0.1. */
  private List<Cell> pairs(double atSmall, double atLarge) throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      double spread = 0.1 * (seed - 2);
      cells.add(measured(cell("A", seed, 30 + seed, 256)));
      cells.add(measured(cell("A", seed, 20 + seed, 1024)));
      cells.add(measured(cell("B", seed, 30 + seed + atSmall + spread, 128, 128)));
      cells.add(measured(cell("B", seed, 20 + seed + atLarge + spread, 512, 512)));
    }
    return cells;
  }

  @Test
  void significantDifferencesAsClaimed_hold() throws IOException {
    JudgedFinding judged = judge(pairs(-3, -2), B_BELOW_A);
    assertThat(judged.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(judged.comparisons()).hasSize(2);
    assertThat(judged.line())
        .isEqualTo(
            "F1 held: B is better than A. Both comparisons are as claimed, with the whole 95% interval.");
    assertThat(judged.comparisons()).extracting(Comparison::words).containsOnly("holds");
  }

  @Test
  void theReverseClaim_doesNotHold() throws IOException {
    JudgedFinding judged = judge(pairs(-3, -2), B_ABOVE_A);
    assertThat(judged.verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(judged.comparisons())
        .extracting(Comparison::verdict)
        .containsOnly(Verdict.DOES_NOT_HOLD);
  }

  @Test
  void oneContraryComparison_refutesTheFinding() throws IOException {
    JudgedFinding judged = judge(pairs(-3, 2), B_BELOW_A);
    assertThat(judged.comparisons())
        .extracting(Comparison::verdict)
        .containsExactly(Verdict.HOLDS, Verdict.DOES_NOT_HOLD);
    assertThat(judged.verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
  }

  @Test
  void anIntervalThatIncludesNoDifference_isNotDecided() throws IOException {
    assertThat(judge(pairs(-3, -0.05), B_BELOW_A).verdict()).isEqualTo(Verdict.NOT_DECIDED);
    assertThat(judge(pairs(-3, -0.05), B_ABOVE_A).comparisons())
        .extracting(Comparison::verdict)
        .containsExactly(Verdict.DOES_NOT_HOLD, Verdict.NOT_DECIDED);
  }

  @Test
  void seedsThatAgree_decideNothing_whereImagesMayHaveMadeTheDifference() throws IOException {
    JudgedFinding judged = judge(List.of(SampleRuns.closeToCall(folder)), B_BELOW_A);
    assertThat(judged.words()).isEqualTo("not decided");
    assertThat(judged.comparisons())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.words()).isEqualTo("not decided");
              assertThat(each.difference().orElseThrow().value()).isCloseTo(-0.0170, within(1e-12));
              // t = 0.0170 / 0.010, as SciPy has it.
              assertThat(each.p().orElseThrow()).isCloseTo(0.0899, within(1e-3));
            });
    assertThat(judged.line())
        .isEqualTo(
            "F1 not decided: B is better than A. The only comparison is too close to call: rFID of B"
                + " at every size lower than that of A.");
  }

  @Test
  void contraryDifferences_areCorrectedForTheNumberOfComparisons() throws IOException {
    // t = 0.4 / (0.1 / sqrt(3)), two degrees of freedom: p = 0.0202, twice that is below 0.05, five
    // times is not.
    List<Cell> cells = new ArrayList<>(pairs(0.4, -3));
    assertThat(judge(cells, B_BELOW_A).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    Check tie = new Check("rfid", "C", null, "D", null, null);
    for (int seed = 1; seed <= 3; seed++) {
      for (int size : new int[] {16, 32, 64}) {
        cells.add(cell("C", seed, 9 + seed % 2, size));
        cells.add(cell("D", seed, 9 + seed % 3, size));
      }
    }
    JudgedFinding judged =
        judge(cells, new Check("rfid", "B", Place.SMALLEST, "A", null, null), tie);
    assertThat(judged.comparisons()).hasSize(4);
    assertThat(judged.comparisons().get(0).difference().orElseThrow().above()).isTrue();
    assertThat(judged.comparisons().get(0).verdict()).isEqualTo(Verdict.NOT_DECIDED);
  }

  @Test
  void meanOverSizes_tellsADifferenceThatIsTooSmallForEachSize() throws IOException {
    double[] noise = {-0.3, 0, 0.3};
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int size = 256 << i;
      for (int seed = 1; seed <= 3; seed++) {
        double rfid = 30 - i + seed;
        cells.add(measured(cell("A", seed, rfid, size)));
        // At each size 0.2 lower, give or take 0.3 from seed to seed; on the mean exactly so.
        cells.add(measured(cell("B", seed, rfid - 0.2 + noise[(seed + i) % 3], size)));
      }
    }
    JudgedFinding judged = judge(cells, B_BELOW_A);
    assertThat(judged.comparisons())
        .hasSize(3)
        .extracting(Comparison::verdict)
        .containsOnly(Verdict.NOT_DECIDED);
    assertThat(judged.means())
        .singleElement()
        .satisfies(
            mean -> {
              assertThat(mean.verdict()).isEqualTo(Verdict.HOLDS);
              assertThat(mean.rows()).extracting(Row::size).containsExactly(256L, 512L, 1024L);
              assertThat(mean.difference().orElseThrow().value()).isCloseTo(-0.2, within(1e-12));
            });
    assertThat(judged.line())
        .isEqualTo(
            "F1 not decided: B is better than A. All 3 comparisons are too close to call: rFID of B at"
                + " every size lower than that of A and 2 more. On the mean over sizes: holds.");
    assertThat(judge(cells, B_ABOVE_A).meanWords()).contains("does not hold");
    assertThat(judge(cells, B_ABOVE_A).verdict()).isEqualTo(Verdict.NOT_DECIDED);
  }

  @Test
  void checksOfOneSize_haveNoMean() throws IOException {
    JudgedFinding judged =
        judge(pairs(-3, -2), new Check("rfid", "B", Place.LARGEST, "A", null, null));
    assertThat(judged.means()).isEmpty();
    assertThat(judged.line())
        .endsWith("The only comparison is as claimed, with the whole 95% interval.");
  }

  @Test
  void oneSeedWithoutResamples_isNotDecided() throws IOException {
    JudgedFinding judged = judge(List.of(cell("A", 1, 20, 256), cell("B", 1, 2, 256)), B_BELOW_A);
    assertThat(judged.verdict()).isEqualTo(Verdict.NOT_DECIDED);
    assertThat(judged.comparisons().get(0).difference().orElseThrow().test())
        .isEqualTo("no test, 1 seed");
  }

  @Test
  void oneSeed_isDecidedOnTheSameResamples_andSaysSo() throws IOException {
    Cell a = cell("A", 1, 20, 256);
    Cell b = cell("B", 1, 18, 256);
    SampleRuns.writeReplicates(folder, a, SampleRuns.PROTOCOL, 16, 26, 17, 25, 21);
    SampleRuns.writeReplicates(folder, b, SampleRuns.PROTOCOL, 14.2, 23.8, 15.2, 22.8, 19);
    JudgedFinding judged = judge(List.of(a, b), B_BELOW_A);
    assertThat(judged.verdict()).isEqualTo(Verdict.IN_THIS_DIRECTION);
    assertThat(judged.line())
        .isEqualTo(
            "F1 not decided: B is better than A. It points as claimed, but seeds were not varied.");
    JudgedFinding reverse = judge(List.of(a, b), B_ABOVE_A);
    assertThat(reverse.verdict()).isEqualTo(Verdict.IN_THE_OTHER_DIRECTION);
    assertThat(reverse.line())
        .isEqualTo(
            "F1 not decided: B is better than A. It points the other way, but seeds were not varied:"
                + " rFID of B at every size higher than that of A.");
    assertThat(reverse.comparisons().get(0).words())
        .isEqualTo("in the other direction at one seed (seeds not varied)");
  }

  @Test
  void whatIsGiven_isComparedAsItIs() throws IOException {
    Cell a = SampleRuns.given(cell("A", 1, 20, 256));
    Cell b = SampleRuns.given(cell("B", 1, 18, 256));
    SampleRuns.writeReplicates(folder, a, SampleRuns.PROTOCOL, 16, 26, 17, 25, 21);
    SampleRuns.writeReplicates(folder, b, SampleRuns.PROTOCOL, 14.2, 23.8, 15.2, 22.8, 19);
    JudgedFinding judged = judge(List.of(a, b), B_BELOW_A);
    assertThat(judged.words()).isEqualTo("in this direction as given (without seeds)");
    assertThat(judged.line()).endsWith("but what is given has no seeds to vary.");
  }

  @Test
  void twoSeeds_areDecidedAsOneIs() throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      cells.addAll(resampled(seed));
    }
    assertThat(judge(cells, B_BELOW_A).line())
        .isEqualTo(
            "F1 not decided: B is better than A. It points as claimed, but two seeds are too few to"
                + " tell.");
    assertThat(judge(cells, B_ABOVE_A).words()).isEqualTo("in the other direction at two seeds");
  }

  /** A and B of one seed and size 64, B lower by 2 in all resamples. */
  private List<Cell> resampled(int seed) throws IOException {
    Cell a = cell("A", seed, 20 + 5 * seed, 64);
    Cell b = cell("B", seed, 18 + 5 * seed, 64);
    SampleRuns.writeReplicates(folder, a, SampleRuns.PROTOCOL, 16, 26, 17, 25, 21);
    SampleRuns.writeReplicates(folder, b, SampleRuns.PROTOCOL, 14.2, 23.8, 15.2, 22.8, 19);
    return List.of(a, b);
  }

  @Test
  void leastSeedsOfItsComparisons_decideOverAFinding() throws IOException {
    List<Cell> cells = new ArrayList<>(pairs(-3, -2));
    cells.addAll(resampled(1));
    JudgedFinding judged = judge(cells, B_BELOW_A);
    assertThat(judged.comparisons())
        .extracting(Comparison::words)
        .containsExactly("in this direction at one seed (seeds not varied)", "holds", "holds");
    assertThat(judged.line())
        .isEqualTo(
            "F1 not decided: B is better than A. It points as claimed, but seeds were not varied.");
  }

  @Test
  void aVerdictOfThreeSeeds_isNotQualifiedByAComparisonOfOne() throws IOException {
    List<Cell> cells = new ArrayList<>(pairs(3, 2));
    cells.add(cell("C", 1, 9, 64));
    cells.add(cell("D", 1, 8, 64));
    Check untested = new Check("rfid", "C", null, "D", null, null);
    assertThat(judge(cells, B_BELOW_A, untested).line()).startsWith("F1 did not hold: B is");
  }

  @Test
  void rowBelowTheFloor_leavesTheWholeFindingUnjudged() throws IOException {
    // At 256 codes A has 32, B has 29; at 1024 codes A has 22 and B has 20.
    List<Cell> cells = new ArrayList<>(pairs(-3, -2));
    cells.addAll(seeds("LBG", 28.5, 256));
    cells.addAll(seeds("LBG", 25, 1024));
    assertThat(judge("LBG", cells, B_BELOW_A).line())
        .isEqualTo(
            "F1 not judged: B is better than A. What it rests on is worse than the floor, which says"
                + " nothing about the methods: A of 256 codes.");
    List<Comparison> judged = judge("LBG", cells, B_BELOW_A).comparisons();
    assertThat(judged)
        .extracting(Comparison::words)
        .containsExactly("not judged: below the floor", "holds");
    assertThat(judged.get(0).belowFloor()).extracting(Row::method).containsExactly("A");
    assertThat(judged.get(1).belowFloor()).isEmpty();
    assertThat(judge("LBG", cells, B_ABOVE_A).verdict()).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(judge(cells, B_BELOW_A).verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void floorOfLargerSizesAndRates_changesNoVerdict() throws IOException {
    List<Cell> cells = new ArrayList<>(pairs(-3, -2));
    cells.addAll(seeds("LBG", 1, 1 << 20));
    assertThat(judge("LBG", cells, B_BELOW_A).verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void floorOfFewerCodes_judgesWhereThereIsNoneOfAsMany() throws IOException {
    List<Cell> cells = new ArrayList<>(pairs(-3, -2));
    cells.addAll(seeds("LBG", 25, 64));
    assertThat(judge("LBG", cells, B_BELOW_A).comparisons())
        .extracting(Comparison::verdict)
        .containsExactly(Verdict.NOT_JUDGED, Verdict.HOLDS);
  }

  @Test
  void floorThatWasNotMeasured_leavesNothingToJudge() throws IOException {
    JudgedFinding judged = judge("LBG", pairs(-3, -2), B_BELOW_A);
    assertThat(judged.verdict()).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(judged.comparisons()).extracting(Comparison::missing).containsOnly("LBG, the floor");
  }

  @Test
  void generatorOnATokenizerBelowTheFloor_isNotJudged() throws IOException {
    Check better = new Check("gfid", "FAR", null, "Linear", null, null);
    assertThat(judge("LBG", generators(10), better).words()).isEqualTo("holds");
    JudgedFinding judged = judge("LBG", generators(30), better);
    assertThat(judged.words()).isEqualTo("not judged: below the floor");
    assertThat(judged.comparisons().get(0).belowFloor())
        .extracting(Row::method)
        .containsExactly("FAR", "Linear");
  }

  @Test
  void generatorWhoseFloorFailed_isNotMeasured() throws IOException {
    Check better = new Check("gfid", "FAR", null, "Linear", null, null);
    List<Cell> cells = generators(10);
    cells.removeIf(cell -> cell.method().equals("LBG"));
    JudgedFinding judged = judge("LBG", cells, better);
    assertThat(judged.verdict()).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(judged.comparisons().get(0).missing()).isEqualTo("LBG, the floor");
  }

  /** Two generators on a tokenizer of such an rFID, beside a floor of 20. */
  private List<Cell> generators(double rfid) throws IOException {
    List<Cell> cells = new ArrayList<>(seeds("LBG", 20, 256));
    for (int seed = 1; seed <= 3; seed++) {
      Map<String, String> settings = Map.of("loss", "l1");
      Cell tokenizer = cell("A", seed, metrics(rfid + seed, SampleRuns.PROTOCOL), settings, 256);
      cells.add(tokenizer);
      cells.add(SampleRuns.drawn("FAR", tokenizer, 7));
      cells.add(SampleRuns.drawn("Linear", tokenizer, 9));
    }
    return cells;
  }

  @Test
  void claimAboutTheFloorItself_isJudged() throws IOException {
    List<Cell> cells = pairs(-3, -2);
    assertThat(judge("A", cells, B_BELOW_A).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(judge("B", cells, B_BELOW_A).comparisons())
        .allSatisfy(
            each -> assertThat(each.belowFloor()).extracting(Row::method).containsExactly("A"));
  }

  @Test
  void usageOfARowBelowTheFloor_isNotJudged() throws IOException {
    Check above = new Check("usage", "A", Place.LARGEST, null, "0.95", null);
    List<Cell> cells = new ArrayList<>(seeds("A", 9, 1024));
    cells.addAll(seeds("LBG", 8, 1024));
    assertThat(judge("LBG", cells, above).verdict()).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(judge("LBG", cells, new Check("psnr", "A", Place.LARGEST, null, "1", null)))
        .extracting(JudgedFinding::words)
        .isEqualTo("not judged: below the floor");
  }

  @Test
  void missingNumbers_weighLessThanARowBelowTheFloor() throws IOException {
    List<Cell> cells = new ArrayList<>(pairs(-3, -2));
    cells.addAll(seeds("LBG", 1, 256));
    Check missing = new Check("rfid", "C", null, "A", null, null);
    assertThat(judge("LBG", cells, B_BELOW_A, missing).verdict()).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(judge(cells, B_BELOW_A, missing).verdict()).isEqualTo(Verdict.NOT_MEASURED);
  }

  @Test
  void places_areSizesOfTheMethod() throws IOException {
    List<Cell> cells = new ArrayList<>();
    int[] sizes = {64, 256, 1024};
    for (int i = 0; i < sizes.length; i++) {
      cells.addAll(seeds("A", 40 - 10 * i, sizes[i]));
      cells.addAll(seeds("B", 25 - 10 * i, sizes[i]));
    }
    JudgedFinding judged =
        judge(
            cells,
            new Check("rfid", "A", Place.LARGEST, "A", null, Place.SMALLEST),
            new Check("rfid", "B", Place.BEFORE_LARGEST, "A", null, Place.LARGEST),
            new Check("rfid", "B", Place.SMALLEST, null, "12.5", null));
    assertThat(judged.comparisons())
        .extracting(each -> each.difference().orElseThrow().value())
        .containsExactly(-20.0, -5.0, 14.5);
    assertThat(judged.verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void usage_isComparedWithABound() throws IOException {
    Check above = new Check("usage", "A", Place.LARGEST, null, "0.95", null);
    assertThat(judge(seeds("A", 9, 1024), above).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(judge(seeds("A", 9, 64), above).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(judge(List.of(cell("A", 1, 9, 512)), above).verdict())
        .isEqualTo(Verdict.NOT_DECIDED);
  }

  @Test
  void levelOnEveryImage_isDecidedByItsOwnInterval() throws IOException {
    // 82.8% of the entries, on all images and, give or take 0.1%, on resampled ones.
    Check above = new Check("usage", "A", Place.LARGEST, null, "0.95", null);
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      cells.add(measured(using(cell("A", seed, 9, 1024), 0.828)));
    }
    assertThat(judge(cells, above).words()).isEqualTo("does not hold");
    assertThat(judge(cells.subList(0, 1), above).words())
        .isEqualTo("in the other direction at one seed (seeds not varied)");
    Check around = new Check("usage", "A", Place.LARGEST, null, "0.8275", null);
    assertThat(judge(cells, around).verdict()).isEqualTo(Verdict.NOT_DECIDED);
    Check below = new Check("usage", "A", Place.LARGEST, null, "0.8", null);
    assertThat(judge(cells, below).verdict()).isEqualTo(Verdict.HOLDS);
  }

  @Test
  void missingNumbers_areSaid() throws IOException {
    assertThat(missing(seeds("B", 9, 64))).isEqualTo("a finished cell of A");
    List<Cell> sizeless = new ArrayList<>(seeds("B", 9, 64));
    sizeless.add(SampleRuns.sizeless(cell("A", 1, 20, 64)));
    assertThat(missing(sizeless)).isEqualTo("the codebook size of A");
    List<Cell> apart = new ArrayList<>(seeds("A", 9, 64));
    apart.addAll(seeds("B", 9, 256));
    assertThat(missing(apart)).isEqualTo("B and A have no size in common");
    List<Cell> failed = pairs(-3, -2);
    failed.add(failed("A", "out of memory"));
    assertThat(missing(failed)).isEqualTo("failed cell failed1 of A");
    Cell other = cell("B", 1, metrics(7, "9999999999"), Map.of("loss", "l2"), 64);
    assertThat(missing(List.of(cell("A", 1, 20, 64), other))).contains("rfid by one protocol");
  }

  private String missing(List<Cell> cells) throws IOException {
    JudgedFinding judged = judge(cells, B_BELOW_A);
    assertThat(judged.verdict()).isEqualTo(Verdict.NOT_MEASURED);
    return judged.comparisons().get(0).missing();
  }

  @Test
  void findingWithoutChecks_isNotMeasured() throws IOException {
    assertThat(judge(pairs(-3, -2)).words()).isEqualTo("not measured");
  }

  @Test
  void runsWithSharedRows_areJudgedOnce() throws IOException {
    Finding finding = new Finding("F1", "B is better than A.", null, List.of(B_BELOW_A));
    List<Run> runs = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      Cell a = measured(cell("A", seed, 20 + seed, 64));
      Cell b = measured(cell("B", seed, 18 + seed + 0.1 * seed, 64));
      runs.add(SampleRuns.run(folder, "mine", "Mine", List.of(finding), a, b));
    }
    assertThat(Findings.of(runs))
        .singleElement()
        .satisfies(
            judged -> {
              assertThat(judged.verdict()).isEqualTo(Verdict.HOLDS);
              assertThat(judged.comparisons().get(0).difference().orElseThrow().seeds())
                  .isEqualTo(3);
            });
    assertThat(Findings.of(List.of(runs.get(0), runs.get(0)))).hasSize(2);
  }
}
