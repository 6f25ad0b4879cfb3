package dev.vernier.reports.figures;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.given;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.SampleRuns.withFloor;
import static dev.vernier.reports.figures.FiguresOfRun.line;
import static dev.vernier.reports.figures.FiguresOfRun.panel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.CellFile;
import dev.vernier.records.CodeMap;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.SampleRuns;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.Method.Origin;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.comparison.Axis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  @TempDir Path folder;

  private static Map<String, Figure> figures(Run run) throws IOException {
    return FiguresOfRun.of(run, "measured on folder:holiday photos 32", Axis.values());
  }

  @Test
  void drawsPublishedPoints_besideTheExperimentThatFollowsThem() throws IOException {
    Map<String, Figure> figures = figures(SampleRuns.sweep(folder));
    assertThat(figures).containsKeys("fig1", "fig1-bits", "usage", "distortion", "distortion-bits");
    Panel published = panel(figures.get("fig1"), "published");
    assertThat(published.lines())
        .extracting(Line::name)
        .containsExactly(
            "VQ (Taming)",
            "VQ (LlamaGen)",
            "VQ-LC",
            "LFQ (Open-MAGVIT2)",
            "FQGAN-Dual",
            "FQGAN-Triple");
    assertThat(line(published, "FQGAN-Dual").points())
        .extracting(Line.Point::x, Line.Point::y, Line.Point::note)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2048.0, 1.77, "1024 × 2"),
            org.assertj.core.groups.Tuple.tuple(32768.0, 0.94, "16384 × 2"));
    assertThat(published.lines())
        .allSatisfy(each -> assertThat(each.method().origin()).isEqualTo(Origin.PUBLISHED));

    Run other = run(folder, "mine", "Mine", cell("A", 1, 20, 256), cell("A", 1, 18, 512));
    assertThat(figures(other)).containsKeys("rfid", "rfid-bits").doesNotContainKey("fig1");
    assertThat(figures(other).get("rfid").panels()).extracting(Panel::id).containsExactly("rfid");
  }

  @Test
  void drawsOneTokenizer_asAPoint() throws IOException {
    Run run =
        run(folder, "compare", "Mine", given(cell("A", 1, 20, 256)), given(cell("B", 1, 18, 512)));
    Panel rfid = figures(run).get("rfid").panels().get(0);
    assertThat(rfid.lines()).hasSize(2).allSatisfy(each -> assertThat(each.points()).hasSize(1));
    assertThat(figures(run(folder, "one", "One", cell("A", 1, 20, 256)))).isEmpty();
  }

  @Test
  void titlesNameNoFiles_captionsDo() throws IOException {
    assertThat(figures(SampleRuns.sweep(folder)).values())
        .allSatisfy(
            figure -> {
              assertThat(figure.title()).doesNotContain("holiday");
              assertThat(figure.panels())
                  .allSatisfy(panel -> assertThat(panel.title()).doesNotContain("holiday"));
              assertThat(figure.caption()).contains("Measured on folder:holiday photos 32.");
            });
  }

  @Test
  void axesHaveUnitsAndDirections() throws IOException {
    Map<String, Figure> figures = figures(SampleRuns.sweep(folder));
    assertThat(panel(figures.get("distortion"), "psnr").y().label()).isEqualTo("PSNR (dB) ↑");
    assertThat(panel(figures.get("fig1"), "rfid").y().label())
        .isEqualTo("rFID (dataset features) ↓");
    assertThat(panel(figures.get("usage"), "usage").y().label()).isEqualTo("Codebook usage (%) ↑");
    assertThat(panel(figures.get("usage-bits"), "perplexity").x().label())
        .isEqualTo("Bits per token");
  }

  /** Of a tokenizer with as many parameters as those of sample runs. */
  private static Line.Cost cost(double bitsPerToken) {
    return new Line.Cost(Optional.of(bitsPerToken), Optional.of(1_000_000L));
  }

  @Test
  void publishedPoints_haveTheirRate_andNoParameters() throws IOException {
    Line line =
        line(panel(figures(SampleRuns.sweep(folder)).get("fig1"), "published"), "FQGAN-Dual");
    assertThat(line.points())
        .extracting(Line.Point::cost)
        .containsExactly(
            new Line.Cost(Optional.of(20.0), Optional.empty()),
            new Line.Cost(Optional.of(28.0), Optional.empty()));
  }

  @Test
  void pointsAreTheNumbers_withTheirIntervals() throws IOException {
    Run run = run(folder, cell("A", 1, 20, 256), cell("A", 1, 18, 128, 256));
    Line line = line(panel(figures(run).get("fig1"), "rfid"), "A");
    assertThat(line.points())
        .containsExactly(
            new Line.Point(256, 20, Optional.of(new Line.Whisker(19.5, 20.5)), "", cost(8)),
            new Line.Point(384, 18, Optional.of(new Line.Whisker(17.5, 18.5)), "", cost(15)));
    Line perplexity = line(panel(figures(run).get("usage"), "perplexity"), "A");
    // Each sub-codebook's is 32.
    assertThat(perplexity.points()).extracting(Line.Point::y).containsExactly(32.0, 64.0);
  }

  @Test
  void theFloor_isDrawnAsOne() throws IOException {
    Run run = withFloor(run(folder, cell("LBG", 1, 50, 256), cell("A", 1, 45, 256)), "LBG");
    Figure figure = figures(run).get("fig1");
    assertThat(line(figure.panels().get(0), "LBG").method().origin()).isEqualTo(Origin.FLOOR);
    assertThat(line(figure.panels().get(0), "A").method().origin()).isEqualTo(Origin.MEASURED);
    assertThat(figure.caption()).contains("LBG: the floor, grey and dotted");
  }

  @Test
  void codes_areInTheColoursOfTheClassesThatMostHave() throws IOException {
    Run run = SampleRuns.sweep(folder);
    Cell cell = cell("FQGAN-Dual", 1, 1, 256, 256);
    CodeMap.Book first = book("c0", 12);
    CellFile.CODE_MAP.write(
        ResultFiles.cellFolder(run.folder(), cell.id()),
        new CodeMap(1, "t-SNE", List.of(first, book("c1", 3))));
    Figure figure =
        figures(new Run(run.folder(), run.record(), List.of(cell))).get("codes-by-class");
    assertThat(figure.panels())
        .extracting(Panel::title)
        .containsExactly("FQGAN-Dual, c0", "FQGAN-Dual, c1");
    Panel panel = figure.panels().get(0);
    assertThat(panel.lines())
        .extracting(Line::name)
        .containsExactly(
            "other classes",
            "class 10",
            "class 11",
            "class 12",
            "class 3",
            "class 6",
            "class 7",
            "class 8",
            "class 9");
    // Class n has n codes, and the codes of images without a class are grey, too.
    assertThat(line(panel, "class 7").points()).hasSize(7);
    assertThat(line(panel, "other classes").points()).hasSize(1 + 2 + 4 + 5 + 1);
    assertThat(panel.points()).hasSameSizeAs(first.codes());
    assertThat(figure.caption())
        .contains("79 of 4,096 codes occur, 79 shown, 25% of a code's occurrences");
  }

  /** A code a class and occurrence, class n with n of them, and one of images without a class. */
  private static CodeMap.Book book(String name, int classes) {
    List<CodeMap.Code> codes = new ArrayList<>();
    for (int i = 1; i <= classes; i++) {
      for (int j = 0; j < i; j++) {
        codes.add(new CodeMap.Code(codes.size(), 4, "class " + i, 0.25, i, j));
      }
    }
    codes.add(new CodeMap.Code(codes.size(), 1, null, null, -1, -1));
    return new CodeMap.Book(name, 4096, codes.size(), 0.5, codes);
  }
}
