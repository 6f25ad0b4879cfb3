package dev.vernier.reports.figures;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.drawn;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.SampleRuns.withFloor;
import static dev.vernier.reports.figures.FiguresOfRun.line;
import static dev.vernier.reports.figures.FiguresOfRun.panel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Cell;
import dev.vernier.records.CellFile;
import dev.vernier.records.ClassScores;
import dev.vernier.records.CodeFrequencies;
import dev.vernier.records.CodeMap;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.comparison.Axis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of what cells keep beside their results. */
class CellFiguresTest {
  @TempDir Path folder;

  private static Map<String, Figure> figures(Run run) throws IOException {
    return FiguresOfRun.of(run, "measured on some", Axis.SIZE);
  }

  private Path of(Cell cell) {
    return ResultFiles.cellFolder(folder, cell.id());
  }

  private static CodeFrequencies.Book book(String name, double size) {
    return new CodeFrequencies.Book(
        name,
        size,
        100,
        List.of(1L, 2L, 3L),
        List.of(50L, 30L, 20L),
        List.of(1L, 10L, 100L),
        List.of(1.0, 2.5, 3.0));
  }

  @Test
  void codes_areDrawnByRankAndByNumberOfTokens() throws IOException {
    Cell single = cell("A", 1, 20, 4);
    Cell pair = cell("B", 1, 18, 4, 6);
    CellFile.CODES.write(of(single), new CodeFrequencies(1, List.of(book("c0", 4))));
    CellFile.CODES.write(
        of(pair), new CodeFrequencies(1, List.of(book("c0", 4), book("c1", 6), book("joint", 24))));
    Map<String, Figure> figures = figures(run(folder, single, pair));
    Panel usage = panel(figures.get("rarefaction"), "usage");
    assertThat(line(usage, "A").points())
        .containsExactly(Line.Point.of(10, 62.5), Line.Point.of(100, 75));
    // Both sub-codebooks together.
    assertThat(line(usage, "B").points())
        .containsExactly(Line.Point.of(10, 50), Line.Point.of(100, 60));
    assertThat(line(panel(figures.get("rarefaction"), "tokens"), "B").points())
        .containsExactly(Line.Point.of(10, 2.5), Line.Point.of(100, 3));
    assertThat(line(panel(figures.get("frequencies"), "single"), "A").points())
        .containsExactly(Line.Point.of(1, 50), Line.Point.of(2, 30), Line.Point.of(3, 20));
    assertThat(panel(figures.get("frequencies"), "factorized").lines())
        .extracting(Line::name)
        .containsExactly("B, c0", "B, c1");
  }

  private void log(Cell cell, String... lines) throws IOException {
    ResultFiles.writeWhole(
        of(cell).resolve("log.jsonl"),
        (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String[] steps(int count, String... names) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            step ->
                List.of(names).stream()
                    .map(name -> "\"%s\":%d".formatted(name, step))
                    .collect(Collectors.joining(",", "{\"step\":" + step + ",", "}")))
        .toArray(String[]::new);
  }

  @Test
  void training_showsTheLossesThatAllHave_asMeans() throws IOException {
    Cell a = cell("A", 1, 20, 256);
    Cell b = cell("B", 1, 18, 256);
    Cell floor = cell("LBG", 1, 30, 256);
    Cell generator = drawn("FAR", a, 7);
    log(a, steps(128, "loss", "reconstruction", "codebook"));
    log(b, steps(128, "loss", "reconstruction", "entropy"));
    log(floor, steps(5, "reconstruction"));
    log(generator, steps(64, "loss"));
    Map<String, Figure> figures = figures(withFloor(run(folder, a, b, floor, generator), "LBG"));
    Figure training = figures.get("training");
    assertThat(training.panels()).extracting(Panel::id).containsExactly("reconstruction", "loss");
    assertThat(training.panels().get(0).lines()).extracting(Line::name).containsExactly("A", "B");
    assertThat(training.panels().get(0).lines().get(0).points())
        .hasSize(64)
        .startsWith(Line.Point.of(2, 1.5), Line.Point.of(4, 3.5));
    assertThat(training.caption()).contains("means over 2 steps");
    assertThat(figures.get("generator-training").panels().get(0).lines())
        .extracting(Line::name)
        .containsExactly("FAR");
  }

  @Test
  void training_endsWhereALineIsHalf_andLeavesOutWhatIsNoNumber() throws IOException {
    Cell a = cell("A", 1, 20, 256);
    log(
        a,
        "{\"step\":1,\"loss\":4}",
        "{\"step\":2,\"loss\":\"NaN\"}",
        "{\"step\":3,\"loss\":2}",
        "{\"ste");
    List<Line.Point> points =
        figures(run(folder, a)).get("training").panels().get(0).lines().get(0).points();
    assertThat(points).containsExactly(Line.Point.of(1, 4), Line.Point.of(3, 2));
  }

  private static ClassScores scores(double first, double second, Double rfid) {
    Map<String, Double> of =
        rfid == null ? Map.of("psnr", first) : Map.of("psnr", first, "rfid", rfid);
    return new ClassScores(
        1,
        129,
        List.of(
            new ClassScores.OfClass("cat", rfid == null ? 34 : 200, of),
            new ClassScores.OfClass("dog", 30, Map.of("psnr", second))));
  }

  @Test
  void classes_areInTheOrderOfTheirPsnr_andSayWhyTheyHaveNoRfid() throws IOException {
    Cell a = cell("A", 1, 20, 256);
    Cell b = cell("B", 1, 18, 256);
    CellFile.CLASSES.write(of(a), scores(25, 21, null));
    CellFile.CLASSES.write(of(b), scores(27, 29, null));
    Figure figure = figures(run(folder, a, b)).get("classes");
    assertThat(figure.panels()).extracting(Panel::id).containsExactly("psnr");
    assertThat(line(figure.panels().get(0), "A").points())
        .containsExactly(Line.Point.of(1, 21), Line.Point.of(2, 25));
    assertThat(figure.caption())
        .contains("first dog, last cat.")
        .contains("no rFID of a class: it takes at least 129 images, the largest class has 34.");

    CellFile.CLASSES.write(of(a), scores(25, 21, 3.5));
    CellFile.CLASSES.write(of(b), scores(27, 29, 4.5));
    Figure with = figures(run(folder, a, b)).get("classes");
    assertThat(line(panel(with, "rfid"), "B").points()).containsExactly(Line.Point.of(2, 4.5));
    assertThat(with.caption()).contains("biased upwards");
  }

  private static CodeMap map() {
    CodeMap.Code code = new CodeMap.Code(0, 3, "cat", 0.5, 1.5, 2);
    return new CodeMap(1, "t-SNE", List.of(new CodeMap.Book("c0", 4, 1, 0.25, List.of(code))));
  }

  @ParameterizedTest
  @CsvSource({
    "code-frequencies.json, rarefaction, 2.5, null, null as its distinct",
    "code-frequencies.json, frequencies, 50, 1e400, an infinite number as its counts",
    "code-frequencies.json, rarefaction, 4.0, NaN, NaN as its size",
    "classes.json, classes, 25.0, null, null as its psnr",
    "classes.json, classes, 21.0, 1e400, an infinite number as its psnr",
    "code-map.json, codes-by-class, 1.5, NaN, NaN as its x",
    "code-map.json, codes-by-class, 0.25, null, null as its divergence"
  })
  @Timeout(20)
  void numberThatIsNone_leavesOutItsMethod_andSaysWhy(
      String file, String figure, String number, String other, String words) throws IOException {
    Cell a = cell("A", 1, 20, 4);
    Cell b = cell("B", 1, 18, 4);
    for (Cell each : List.of(a, b)) {
      CellFile.CODES.write(of(each), new CodeFrequencies(1, List.of(book("c0", 4))));
      CellFile.CLASSES.write(of(each), scores(25, 21, null));
      CellFile.CODE_MAP.write(of(each), map());
    }
    Path spoilt = of(b).resolve(file);
    String whole = Files.readString(spoilt);
    assertThat(whole).contains(number);
    Files.writeString(spoilt, whole.replaceFirst("\\b" + Pattern.quote(number) + "\\b", other));
    Figure drawn = figures(run(folder, a, b)).get(figure);
    assertThat(drawn.caption()).contains("Missing: B, seed 1: " + file + " holds " + words + ".");
    assertThat(drawn.panels().get(0).lines()).isNotEmpty();
    assertThat(drawn.caption()).contains("A, ").doesNotContain("B, 4 codes");
  }

  @Test
  void cost_showsEveryTokenizerAndTheFront() throws IOException {
    Run run = run(folder, cell("A", 1, 20, 256), cell("A", 1, 15, 512), cell("B", 1, 18, 256));
    Figure figure = figures(run).get("cost");
    // The sample cells encode and do not decode, so there is no throughput.
    assertThat(figure.panels()).extracting(Panel::id).containsExactly("parameters");
    Panel panel = figure.panels().get(0);
    assertThat(panel.lines()).extracting(Line::name).containsExactly("Pareto front", "A", "B");
    assertThat(line(panel, "A").points())
        .extracting(Line.Point::x, Line.Point::y, Line.Point::note)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1.0, 20.0, "256"),
            org.assertj.core.groups.Tuple.tuple(1.0, 15.0, "512"));
    assertThat(line(panel, "Pareto front").points().get(1).y()).isCloseTo(15, within(1e-9));
  }
}
