package dev.vernier.reports.significance;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.metrics;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.SampleRuns.writeReplicates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.SampleRuns;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairedTestsTest {
  @TempDir Path folder;

  /** The difference of the second method to the first. */
  private static Optional<Difference> difference(Run run, String key) throws IOException {
    List<Row> rows = Rows.of(List.of(run));
    return new PairedTests(new CellFolders(List.of(run))).between(rows.get(1), rows.get(0), key);
  }

  @Test
  void commonSeedsWithoutResamples_areTestedOverSeeds() throws IOException {
    Run run =
        run(
            folder,
            cell("A", 1, 20, 256),
            cell("A", 2, 22, 256),
            cell("A", 3, 21, 256),
            cell("A", 4, 99, 256),
            cell("B", 1, 18, 256),
            cell("B", 2, 20.5, 256),
            cell("B", 3, 19.5, 256));
    Difference difference = difference(run, "rfid").orElseThrow();
    assertThat(difference.evidence()).isEqualTo(Evidence.ONE_SET_OF_IMAGES);
    assertThat(difference.seeds()).isEqualTo(3);
    assertThat(difference.value()).isCloseTo(-5.0 / 3, within(1e-12));
    // Differences -2, -1.5, -1.5: standard error 1/6, t(2, 0.975) = 4.302652729911275.
    assertThat(difference.interval().orElseThrow().high())
        .isCloseTo(-5.0 / 3 + 4.302652729911275 / 6, within(1e-7));
  }

  @Test
  void seedsThatAgreeOnTheSameImages_doNotDecide() throws IOException {
    double[] differences = {-0.0169, -0.0170, -0.0171};
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      cells.add(cell("A", seed, 1, 256));
      cells.add(cell("B", seed, 1 + differences[seed - 1], 256));
    }
    for (Cell cell : cells) {
      double sign = cell.method().equals("A") ? 0 : 0.010 * Math.sqrt(199.0 / 200);
      double rfid = cell.metrics().get("rfid").value();
      // Replicates of A go up and down by 0.3 with the images; B's by 0.010 more or less.
      double[] replicates = new double[200];
      Arrays.setAll(replicates, r -> rfid + 0.3 * Math.sin(r) + (r % 2 == 0 ? sign : -sign));
      writeReplicates(folder, cell, SampleRuns.PROTOCOL, replicates);
    }
    Difference difference =
        difference(run(folder, cells.toArray(Cell[]::new)), "rfid").orElseThrow();
    assertThat(difference.evidence()).isEqualTo(Evidence.SEEDS_AND_IMAGES);
    // 166 degrees of freedom: t is 1.974.
    Metric.Interval interval = difference.interval().orElseThrow();
    assertThat(interval.high() - difference.value()).isCloseTo(0.0197, within(1e-4));
    assertThat(difference.below()).isFalse();
  }

  @Test
  void oneSeed_isTestedOnTheSameResamples() throws IOException {
    Cell a = cell("A", 1, 20, 256);
    Cell b = cell("B", 1, 18, 256);
    // Both go up and down by 5 with the images, B is 2 lower throughout, give or take 0.2.
    writeReplicates(folder, a, SampleRuns.PROTOCOL, 16, 26, 17, 25, 21);
    writeReplicates(folder, b, SampleRuns.PROTOCOL, 14.2, 23.8, 15.2, 22.8, 19);
    Difference difference = difference(run(folder, a, b), "rfid").orElseThrow();
    assertThat(difference.evidence()).isEqualTo(Evidence.ONE_SEED);
    assertThat(difference.value()).isEqualTo(-2);
    assertThat(difference.overSeeds()).isEmpty();
    assertThat(difference.overImages().orElseThrow().value()).isCloseTo(0.04, within(1e-12));
    // 3.984 degrees of freedom
    assertThat(difference.interval().orElseThrow().high())
        .isCloseTo(-2 + 0.2 * 2.780834888614184, within(1e-6));
    assertThat(difference.p().orElseThrow()).isLessThan(0.001);
  }

  @Test
  void cellsThatRowsShare_areNotComparedWithThemselves() throws IOException {
    Cell shared = cell("A", 2, 22, 256);
    Run first = run(folder.resolve("1"), cell("A", 1, 20, 256), shared);
    Run second = run(folder.resolve("2"), shared, cell("A", 3, 26, 256));
    assertThat(compared(first, second)).isEmpty();
    Pairwise found = pairwise(first, second);
    assertThat(found.ranked()).hasSize(2);
    assertThat(found.pairs()).isEmpty();
    assertThat(found.same())
        .containsExactly(new Pairwise.Same(found.rows().get(0), found.rows().get(1)));

    Run given = run(folder.resolve("3"), SampleRuns.given(shared));
    assertThat(compared(given, given)).isEmpty();
  }

  @Test
  void sameCellsMeasuredToOtherNumbers_areCompared() throws IOException {
    Run first = run(folder.resolve("1"), cell("A", 1, 20, 256), cell("A", 2, 22, 256));
    Run second = run(folder.resolve("2"), cell("A", 1, 20, 256), cell("A", 2, 21, 256));
    assertThat(compared(first, second).orElseThrow().value()).isEqualTo(0.5);
    assertThat(pairwise(first, second).same()).isEmpty();
  }

  private static Optional<Difference> compared(Run first, Run second) throws IOException {
    List<Run> runs = List.of(first, second);
    List<Row> rows = Rows.of(runs);
    return new PairedTests(new CellFolders(runs)).between(rows.get(0), rows.get(1), "rfid");
  }

  private static Pairwise pairwise(Run first, Run second) throws IOException {
    List<Run> runs = List.of(first, second);
    MeasuredBy rfid =
        MeasuredBy.in(first.cells()).stream()
            .filter(each -> each.key().equals("rfid"))
            .findFirst()
            .orElseThrow();
    return Pairwise.of(Rows.of(runs), rfid, new PairedTests(new CellFolders(runs)));
  }

  @Test
  void replicatesOfAllSeeds_arePairedBeforeTheyAreAveraged() throws IOException {
    List<Cell> cells = new ArrayList<>();
    double[][] replicates = {{1, 5, 3}, {4, 2, 6}, {2, 5, 5}, {3, 1, 5}};
    for (int seed = 1; seed <= 2; seed++) {
      cells.add(cell("A", seed, 3, 256));
    }
    for (int seed = 1; seed <= 2; seed++) {
      cells.add(cell("B", seed, 3, 256));
    }
    for (int i = 0; i < 4; i++) {
      writeReplicates(folder, cells.get(i), SampleRuns.PROTOCOL, replicates[i]);
    }
    Difference difference =
        difference(run(folder, cells.toArray(Cell[]::new)), "rfid").orElseThrow();
    // Resample by resample ((2 - 1) + (3 - 4)) / 2, ((5 - 5) + (1 - 2)) / 2, ((5 - 3) + (5 - 6)) /
    // 2
    assertThat(difference.overImages().orElseThrow().value()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void estimate_ofThreeSeeds_isOverSeedsAndImages() throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      Cell cell = cell("A", seed, 10 + seed, 256);
      // Go up and down together by 1: their mean does, too.
      writeReplicates(folder, cell, SampleRuns.PROTOCOL, 9 + seed, 11 + seed, 9 + seed, 11 + seed);
      cells.add(cell);
    }
    Run run = run(folder, cells.toArray(Cell[]::new));
    PairedTests tests = new PairedTests(new CellFolders(List.of(run)));
    Row row = Rows.of(List.of(run)).get(0);
    MeasuredBy rfid =
        MeasuredBy.in(cells).stream()
            .filter(each -> each.key().equals("rfid"))
            .findFirst()
            .orElseThrow();
    Estimate estimate = tests.estimate(row, rfid).orElseThrow();
    assertThat(estimate.value()).isEqualTo(12);
    assertThat(estimate.basis()).isEqualTo(Estimate.Basis.SEEDS_AND_IMAGES);
    assertThat(estimate.seeds()).isEqualTo(3);
    // Of the seeds 1/3 with 2 degrees of freedom, of the images 4/3; of seeds alone 4.3 errors.
    double reach = estimate.high() - 12;
    assertThat(reach).isGreaterThan(4.302653 / Math.sqrt(3));
    assertThat(reach)
        .isEqualTo(tests.from(0, row, "rfid").orElseThrow().interval().orElseThrow().high() - 12);

    Row twoSeeds = new Row(row.label(), row.runs(), row.cells().subList(0, 2));
    assertThat(tests.estimate(twoSeeds, rfid))
        .isEqualTo(twoSeeds.metric("rfid", SampleRuns.PROTOCOL));
  }

  @Test
  void resamplesOfAnotherProtocol_areNotPaired() throws IOException {
    Cell a = cell("A", 1, 20, 256);
    Cell b = cell("B", 1, 18, 256);
    writeReplicates(folder, a, SampleRuns.PROTOCOL, 16, 26, 17);
    writeReplicates(folder, b, "elsewhere", 14, 24, 15);
    assertThat(difference(run(folder, a, b), "rfid"))
        .hasValueSatisfying(each -> assertThat(each.overImages()).isEmpty())
        .hasValueSatisfying(each -> assertThat(each.interval()).isEmpty());
  }

  @Test
  void resamplesOfOtherDraws_areNotPaired() throws IOException {
    Cell a = cell("A", 1, 20, 256);
    Cell b = cell("B", 1, 18, 256);
    writeReplicates(folder, a, SampleRuns.PROTOCOL, 16, 26, 17);
    writeReplicates(folder, b, SampleRuns.PROTOCOL, 14, 24, 15, 16);
    Difference difference = difference(run(folder, a, b), "rfid").orElseThrow();
    assertThat(difference.overImages()).isEmpty();
    assertThat(difference.test())
        .isEqualTo("no test, 1 seed: images not paired, they were resampled 3 and 4 times");
  }

  @Test
  void seedsThatWereResampledUnequally_saySo() throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      cells.add(cell("A", seed, 20, 256));
      cells.add(cell("B", seed, 18 + 0.01 * seed, 256));
    }
    for (Cell cell : cells) {
      double[] replicates = cell.seed() == 2 ? new double[] {17, 18, 19} : new double[] {17, 18};
      writeReplicates(folder, cell, SampleRuns.PROTOCOL, replicates);
    }
    Difference difference =
        difference(run(folder, cells.toArray(Cell[]::new)), "rfid").orElseThrow();
    assertThat(difference.test())
        .isEqualTo("t-test over 3 seeds, images not paired, they were resampled 2 and 3 times");
    assertThat(Planner.of(difference)).isEqualTo("as many resamples on both sides");
  }

  @Test
  void scoresOfImages_areAveragedOverSeedsAndTestedOverImages() throws IOException {
    Run run =
        run(
            folder,
            cell("A", 1, 20, 256),
            cell("A", 2, 20, 256),
            cell("B", 1, 0, 256),
            cell("B", 2, 0, 256));
    writeScores(run.cells().get(0), 20, 30, 40);
    writeScores(run.cells().get(1), 22, 32, 42);
    writeScores(run.cells().get(2), 22, 31, 44);
    writeScores(run.cells().get(3), 24, 35, 42);
    Difference difference = difference(run, "psnr").orElseThrow();
    assertThat(difference.overImages()).isPresent();
    assertThat(difference.seeds()).isEqualTo(2);
    // Image by image 2, 2, 2: the means of 2 and 2, of 1 and 3, of 4 and 0.
    assertThat(difference.value()).isCloseTo(2, within(1e-12));
    assertThat(difference.interval().orElseThrow().low()).isCloseTo(2, within(1e-9));
  }

  @Test
  void differentProtocolsOrSeeds_areNeverCompared() throws IOException {
    Cell other = cell("B", 1, metrics(7, "9999999999"), Map.of(), 256);
    assertThat(difference(run(folder, cell("A", 1, 20, 256), other), "rfid")).isEmpty();
    assertThat(difference(run(folder, cell("A", 1, 2, 64), cell("B", 2, 1, 64)), "rfid")).isEmpty();
  }

  @Test
  void givenWeights_areComparedWithTheMeanOverAllSeeds_ofTheOtherSide() throws IOException {
    Cell given = SampleRuns.given(cell("A", 1, 20, 256));
    Run run =
        run(folder, given, cell("B", 1, 17, 256), cell("B", 2, 18, 256), cell("B", 3, 19, 256));
    // Differences 3, 2, 1 of the seeds: their mean has a variance of 1/3.
    Difference untested = difference(run, "rfid").orElseThrow();
    assertThat(untested.value()).isEqualTo(-2);
    assertThat(untested.overSeeds().orElseThrow().value()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(untested.evidence()).isEqualTo(Evidence.SEEDS_OF_ONE_SIDE);

    writeReplicates(folder, given, SampleRuns.PROTOCOL, 16, 26, 17, 25, 21);
    // The means over the seeds are 2 below, give or take 0.2; those of seed 1 are 3 below.
    writeReplicates(folder, run.cells().get(1), SampleRuns.PROTOCOL, 13, 23, 14, 22, 18);
    writeReplicates(folder, run.cells().get(2), SampleRuns.PROTOCOL, 14.6, 23.4, 15.6, 22.4, 19);
    writeReplicates(folder, run.cells().get(3), SampleRuns.PROTOCOL, 15, 25, 16, 24, 20);
    Difference difference = difference(run, "rfid").orElseThrow();
    assertThat(difference.overImages().orElseThrow().value()).isCloseTo(0.04, within(1e-12));
    assertThat(difference.test()).isEqualTo("t-test over one side's seeds and the images");
    assertThat(difference.value()).isEqualTo(-2);
    // 1/3 and 0.04 with 2 and 3.984 degrees of freedom.
    assertThat(difference.interval().orElseThrow().high())
        .isCloseTo(-2 + 3.584124760762527 * Math.sqrt(1.0 / 3 + 0.04), within(1e-6));
  }

  @Test
  void twoOfGivenWeights_areComparedOverTheImages() throws IOException {
    Run run =
        run(
            folder,
            SampleRuns.given(cell("A", 1, 0, 256)),
            SampleRuns.given(cell("B", 1, -50.0 / 3, 256)));
    writeScores(run.cells().get(0), 20, 30, 40);
    writeScores(run.cells().get(1), 22, 31, 42);
    Difference difference = difference(run, "psnr").orElseThrow();
    assertThat(difference.overImages()).isPresent();
    assertThat(difference.value()).isCloseTo(5.0 / 3, within(1e-12));
    assertThat(difference.evidence()).isEqualTo(Evidence.GIVEN);
    assertThat(difference.test()).isEqualTo("t-test over the images, given");
  }

  /** Otherwise the images would count twice. */
  @Test
  void generatedImages_areOthersAtEachSeed() throws IOException {
    double[][] gfid = {{10, 12, 11}, {9, 10.5, 9.5}};
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      Cell tokenizer = cell("T", seed, 3, 64, 64);
      for (int method = 0; method < 2; method++) {
        double at = gfid[method][seed - 1];
        Cell cell = SampleRuns.drawn(method == 0 ? "A" : "B", tokenizer, at);
        writeReplicates(folder, cell, "gfid", "eeee000001", at - 5, at + 5 * method, at + 5);
        cells.add(cell);
      }
    }
    Run run = run(folder, cells.toArray(Cell[]::new));
    Difference difference = difference(run, "gfid").orElseThrow();
    // Differences -1, -1.5, -1.5: standard error 1/6, t(2, 0.975) = 4.302652729911275.
    assertThat(difference.interval().orElseThrow().high())
        .isCloseTo(-4.0 / 3 + 4.302652729911275 / 6, within(1e-7));
    assertThat(difference.evidence()).isEqualTo(Evidence.SEEDS_AND_IMAGES);
    assertThat(difference.test()).isEqualTo("t-test over 3 seeds and the images");

    Run oneSeed = run(folder, cells.get(0), cells.get(1));
    assertThat(difference(oneSeed, "gfid").orElseThrow().overImages().orElseThrow().value())
        .isGreaterThan(0);
  }

  @Test
  void numbers_areComparedOverSeeds() throws IOException {
    Run run = run(folder, cell("A", 1, 20, 256), cell("A", 2, 22, 256), cell("A", 3, 21, 256));
    Row row = Rows.of(List.of(run)).get(0);
    PairedTests tests = new PairedTests(new CellFolders(List.of(run)));
    Difference difference = tests.from(0.95, row, MetricKind.USAGE.key()).orElseThrow();
    assertThat(difference.value()).isCloseTo(248.0 / 256 - 0.95, within(1e-12));
    assertThat(difference.above()).isTrue();
    assertThat(tests.from(20, row, "rfid").orElseThrow().interval().orElseThrow().low())
        .isCloseTo(1 - 4.302652729911275 / Math.sqrt(3), within(1e-7));
    assertThat(tests.from(20, row, "lpips")).isEmpty();
  }

  private void writeScores(Cell cell, double... psnr) throws IOException {
    StringBuilder text = new StringBuilder("image,psnr,ssim\n");
    for (int i = 0; i < psnr.length; i++) {
      text.append("\"a,").append(i).append("\",").append(psnr[i]).append(",NaN\n");
    }
    Path file = ResultFiles.cellFolder(folder, cell.id()).resolve("images.csv");
    ResultFiles.writeWhole(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
