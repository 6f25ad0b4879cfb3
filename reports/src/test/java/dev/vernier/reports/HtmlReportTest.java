package dev.vernier.reports;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.counted;
import static dev.vernier.reports.SampleRuns.drawn;
import static dev.vernier.reports.SampleRuns.failed;
import static dev.vernier.reports.SampleRuns.given;
import static dev.vernier.reports.SampleRuns.metrics;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.SampleRuns.using;
import static dev.vernier.reports.SampleRuns.withFloor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.records.Cell;
import dev.vernier.records.Finding;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.ReportRenderer;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.samples.SamplePictures;
import dev.vernier.reports.tables.ColumnChoice;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  @TempDir static Path shared;

  /** The report of {@link SampleRuns#sweep}, for tests that only read it. */
  private static Path sweep;

  @TempDir Path folder;

  @BeforeAll
  static void renderSweep() throws IOException {
    sweep = Files.createDirectories(shared.resolve("report"));
    render(sweep, Map.of(), SampleRuns.sweep(shared));
  }

  private Path render(Run... runs) throws IOException {
    Path report = Files.createDirectories(folder.resolve("report"));
    render(report, Map.of(), runs);
    return report;
  }

  private static void render(Path report, Map<String, String> settings, Run... runs)
      throws IOException {
    HtmlReport renderer = new HtmlReport();
    renderer.render(List.of(runs), Settings.of(renderer.settings(), settings), report);
  }

  private static String text(Path report, String file) throws IOException {
    return Files.readString(report.resolve(file), StandardCharsets.UTF_8);
  }

  @Test
  void isFound_byTheServiceLoader() {
    assertThat(ServiceLoader.load(ReportRenderer.class))
        .extracting(ReportRenderer::name)
        .containsExactly("html");
  }

  @Test
  void writesEveryFile_ofASweep() throws IOException {
    Path report = sweep;
    try (Stream<Path> files = Files.list(report)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(
              "index.html",
              "fig1.svg",
              "fig1.pdf",
              "fig1.png",
              "fig1.csv",
              "fig1.tex",
              "fig1-bits.svg",
              "usage.svg",
              "usage-bits.svg",
              "distortion.svg",
              "distortion-bits.svg",
              "panels",
              "metrics.csv",
              "metrics.md",
              "metrics.tex",
              "metrics-narrow.tex",
              "metrics-more.tex",
              "published.csv",
              "published.md",
              "published.tex");
    }
  }

  @Test
  void wrongColumns_areRefusedBeforeAnythingIsWritten() throws IOException {
    Run run = run(folder, cell("FQGAN", 1, 5, 128, 128));
    Path report = Files.createDirectories(folder.resolve("report"));
    for (String columns : List.of(",,", "rfid,", "rfdi")) {
      assertThatThrownBy(() -> render(report, Map.of("columns", columns), run))
          .isInstanceOf(UsageException.class);
    }
    assertThat(report).isEmptyDirectory();
  }

  /** Those of a cache have hooks, which a JVM that ends refuses. */
  @Test
  void pictures_needNoTemporaryFiles() {
    assertThat(sweep).isDirectoryContaining("glob:**.png");
    assertThat(ImageIO.getUseCache()).isFalse();
  }

  @Test
  void page_saysWhoseItIs() throws IOException {
    assertThat(HtmlReport.isIn(sweep)).isTrue();
    assertThat(HtmlReport.isIn(folder)).isFalse();
    Files.writeString(folder.resolve("index.html"), "<title>Mine, beside Vernier</title>");
    assertThat(HtmlReport.isIn(folder)).isFalse();
  }

  @Test
  void generators_haveATableOfTheirOwn() throws IOException {
    Cell tokenizer = cell("FQGAN", 1, 5, 128, 128);
    Run both = run(folder, tokenizer, drawn("FAR", tokenizer, 7), drawn("Linear", tokenizer, 9));
    Path report = render(both);
    List<String> tokenizers = text(report, "metrics.csv").lines().toList();
    assertThat(tokenizers).hasSize(2);
    assertThat(tokenizers.get(0)).contains("rfid", "usage").doesNotContain("gfid", "generator");
    List<String> generators = text(report, "generation.csv").lines().toList();
    assertThat(generators).hasSize(3);
    assertThat(generators.get(0))
        .contains("gfid", "generator_parameters", "sub_tokens_per_second")
        .doesNotContain("rfid", "usage", "perplexity");
    assertThat(text(report, "generation.md"))
        .contains("| FAR | 14.0 | 128 × 2 | 0.6 | 0.45 | 0.15 | 7.000 |");
    assertThat(text(report, "index.html")).contains("generation.tex", "metrics.tex");

    Path second = Files.createDirectories(folder.resolve("second"));
    render(second, Map.of(), run(folder, drawn("FAR", tokenizer, 7)));
    assertThat(second.resolve("generation.csv")).exists();
    assertThat(second.resolve("metrics.csv")).doesNotExist();
  }

  /** Earlier versions recorded only how many parameters a generator has in all. */
  @Test
  void generatorsOfEarlierRecords_haveNoHeadAndNoTrunk() throws IOException {
    Cell tokenizer = cell("FQGAN", 1, 5, 128, 128);
    Cell earlier = drawn("Linear", tokenizer, 9);
    ResultFiles.write(folder, earlier);
    Path file = ResultFiles.cellFile(folder, earlier.id());
    String text = text(file.getParent(), "result.json");
    String without = text.replaceFirst(",\\s*\"headParameters\" : 150000", "");
    assertThat(without).isNotEqualTo(text);
    Files.writeString(file, without);
    Cell read = ResultFiles.readCell(folder, earlier.id());

    Run both = run(folder, drawn("FAR", tokenizer, 7), read);
    assertThat(columns(ResultsCsv.of(List.of(both)), "method", "generator", "trunk", "head"))
        .containsExactly("FAR 600000 450000 150000", "Linear 600000  ");
    assertThat(text(render(both), "generation.md"))
        .contains("| 0.6 | 0.45 | 0.15 | 7.000 |", "| 0.6 |  |  | 9.000 |");

    Path alone = Files.createDirectories(folder.resolve("alone"));
    render(alone, Map.of(), run(folder, read));
    assertThat(text(alone, "generation.csv").lines().findFirst().orElseThrow())
        .contains("generator_parameters")
        .doesNotContain("head_parameters", "trunk_parameters");
  }

  /** Some columns of a table of plain values, each row in a line. */
  private static List<String> columns(String csv, String first, String... parameters) {
    List<String[]> lines = csv.lines().map(line -> line.split(",", -1)).toList();
    List<String> header = List.of(lines.get(0));
    List<Integer> places = new ArrayList<>(List.of(header.indexOf(first)));
    for (String each : parameters) {
      places.add(header.indexOf(each + "_parameters"));
    }
    return lines.stream()
        .skip(1)
        .map(line -> places.stream().map(place -> line[place]).collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  void writesPicturesThatOthersCanRead() throws Exception {
    Path report = sweep;
    BufferedImage picture = ImageIO.read(report.resolve("fig1.png").toFile());
    assertThat(picture.getWidth()).isEqualTo((int) Math.ceil(178 / 25.4 * 300));
    assertThat(Files.readAllBytes(report.resolve("fig1.pdf")))
        .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    DocumentBuilderFactory parser = DocumentBuilderFactory.newInstance();
    parser.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    byte[] svg = Files.readAllBytes(report.resolve("fig1.svg"));
    assertThat(parser.newDocumentBuilder().parse(new ByteArrayInputStream(svg)))
        .extracting(document -> document.getDocumentElement().getAttribute("role"))
        .isEqualTo("img");
  }

  @Test
  void givesTheSameBytes_twice() throws IOException {
    Path first = sweep;
    Path second = Files.createDirectories(folder.resolve("again"));
    render(second, Map.of(), SampleRuns.sweep(folder));
    try (Stream<Path> files = Files.walk(first)) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(file).hasSameBinaryContentAs(second.resolve(first.relativize(file))));
    }
  }

  @Test
  void givesTheSameBytes_whereNumbersAreWrittenOtherwise() throws IOException {
    Path first = sweep;
    Path second = Files.createDirectories(folder.resolve("elsewhere"));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      render(second, Map.of(), SampleRuns.sweep(folder));
    } finally {
      Locale.setDefault(before);
    }
    for (String file : List.of("index.html", "fig1.svg", "metrics.csv", "metrics.tex")) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
  }

  @Test
  void drawsMeasuredAndPublishedPoints_apart() throws IOException {
    String svg = text(sweep, "fig1.svg");
    assertThat(svg)
        .contains(">rFID (dataset features) ↓</text>")
        .contains(">Published (ImageNet 256 × 256, Inception features)</text>")
        .contains("make them incomparable")
        .contains(">16,384</text>")
        .contains(">262,144</text>")
        .contains(">1024 × 2</text>", ">16384 × 2</text>", ">1024 × 3</text>", ">16384 × 3</text>")
        .contains("95% intervals over 3 seeds (Student's t)")
        .contains("Protocol 0a1b2c3d4e, N = 1000.");
    assertThat(svg).contains("VQ (LlamaGen)").contains("FQGAN-Triple");
  }

  @Test
  void namesTheMetricsInterval_withFewerThanThreeSeeds() throws IOException {
    Path report = render(run(folder, cell("VQGAN", 1, 20, 256), cell("VQGAN", 1, 15, 1024)));
    assertThat(text(report, "fig1.svg")).contains("the metric's own 95% interval over images");
    assertThat(text(report, "metrics.md")).contains("20.00 \\[19.50, 20.50\\]");
    assertThat(text(report, "distortion.svg")).contains("No intervals: fewer than three seeds.");
  }

  @Test
  void drawsTheFloor_neutrallyAndSaysSo() throws IOException {
    Run run =
        run(
            folder,
            cell("LBG", 1, 50, 256),
            cell("LBG", 1, 40, 512),
            cell("A", 1, 45, 256),
            cell("A", 1, 35, 512));
    String caption =
        "LBG: the floor, grey and dotted, which the other methods have to beat at the same size"
            + " (means are compared, without an interval).";
    Path report = render(withFloor(run, "LBG"));
    for (String figure : List.of("fig1", "fig1-bits", "usage", "distortion")) {
      assertThat(text(report, figure + ".svg")).contains(caption).contains("rgb(85,85,85)");
    }
    String plain = text(render(run), "fig1.svg");
    assertThat(plain).doesNotContain("the floor").doesNotContain("rgb(85,85,85)");
  }

  @Test
  void drawsAgainstBits_whereAsked() throws IOException {
    Path report = Files.createDirectories(folder.resolve("report"));
    render(report, Map.of("axis", "bits"), SampleRuns.sweep(folder));
    assertThat(report.resolve("fig1.svg")).doesNotExist();
    assertThat(text(report, "fig1-bits.svg"))
        .contains(">Bits per token</text>")
        .contains("Reconstruction FID against bits per token")
        .doesNotContain("Total codebook size");
    assertThat(text(report, "index.html")).contains("of an equal rate");
    assertThatThrownBy(() -> render(report, Map.of("axis", "bit"), SampleRuns.sweep(folder)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("one of both, size, bits");
  }

  @Test
  void drawsAColumnWide_whereAsked() throws IOException {
    Path report = Files.createDirectories(folder.resolve("report"));
    render(report, Map.of("width", "single", "axis", "size"), SampleRuns.sweep(folder));
    assertThat(ImageIO.read(report.resolve("fig1.png").toFile()).getWidth())
        .isEqualTo((int) Math.ceil(85 / 25.4 * 300));
  }

  @Test
  void comparesNothing_ofOneCell() throws IOException {
    Path report = render(run(folder, cell("VQGAN", 1, 20, 256)));
    assertThat(text(report, "metrics.md")).doesNotContain("**");
  }

  @Test
  void escapesWhatFormatsGiveAMeaningTo() throws IOException {
    Path report =
        render(
            run(
                folder,
                "a",
                "R&D <100%_",
                cell("A&B <x>_%|*", 1, 20, 256),
                cell("A&B <x>_%|*", 1, 18, 512)));
    assertThat(text(report, "index.html"))
        .contains("<h1>R&amp;D &lt;100%_</h1>")
        .contains("A&amp;B &lt;x&gt;_%|*")
        .contains("a &lt;fast&gt; one")
        .contains("broken &amp; bent.jpg")
        .doesNotContain("<x>");
    assertThat(text(report, "rfid.svg")).contains("A&amp;B &lt;x&gt;_%|*").doesNotContain("<x>");
    assertThat(text(report, "metrics.tex")).contains("A\\&B \\textless{}x\\textgreater{}\\_\\%");
    assertThat(text(report, "metrics.md")).contains("A\\&B \\<x\\>\\_%\\|\\*");
    assertThat(text(report, "metrics.csv"))
        .contains("A&B <x>_%|*,256,8.0,1000000,8,8,1,20.0,19.5,20.5,1000,");
  }

  @Test
  void leavesBlank_whatWasNotMeasured() throws IOException {
    Map<String, Metric> noPsnr = new LinkedHashMap<>(metrics(20, SampleRuns.PROTOCOL));
    noPsnr.remove("psnr");
    Path report =
        render(
            run(
                folder,
                cell("VQGAN", 1, noPsnr, Map.of(), 256),
                cell("VQGAN", 1, 15, 1024),
                cell("VQGAN", 1, 12, 4096)));
    assertThat(text(report, "metrics.md")).contains("| 20.00 \\[19.50, 20.50\\] |  |");
    assertThat(text(report, "distortion.csv")).contains(",1024.0,").doesNotContain(",256.0,");
  }

  @Test
  void listsFailedCells_withTheirErrors() throws IOException {
    Path report = render(run(folder, cell("VQGAN", 1, 20, 256), failed("LFQ", "no <memory> left")));
    assertThat(text(report, "index.html"))
        .contains("1 of 2 cells are measured, 1 failed.")
        .contains("LFQ, seed 1, cell failed1 failed: no &lt;memory&gt; left");
  }

  @Test
  void writesAPage_whereEveryCellFailed() throws IOException {
    Path report = render(run(folder, failed("LFQ", "no memory left")));
    assertThat(text(report, "index.html"))
        .contains("No cell has numbers to draw.")
        .contains("no memory left");
    assertThat(report.resolve("fig1.svg")).doesNotExist();
    assertThat(text(report, "metrics.csv"))
        .isEqualTo(
            "method,codebook_size,bits_per_token,parameters,downsampling,code_dimension,seeds\n");
  }

  @Test
  void keepsProtocolsApart_overSeveralRuns() throws IOException {
    Run first = run(folder, cell("VQGAN", 1, 20, 256), cell("VQGAN", 1, 18, 512));
    Map<String, String> settings = Map.of("loss", "l2");
    Run second =
        run(
            folder,
            cell("VQGAN", 2, metrics(7, "9999999999"), settings, 256),
            cell("VQGAN", 2, metrics(5, "9999999999"), settings, 512));
    Path report = render(first, second);
    assertThat(text(report, "metrics.csv").lines().findFirst().orElseThrow())
        .contains("rfid@0a1b2c3d4e,")
        .contains("rfid@9999999999,")
        .contains(",psnr,");
    assertThat(text(report, "fig1.svg"))
        .contains("protocol 0a1b2c3d4e")
        .contains("protocol 9999999999");
    assertThat(text(report, "index.html"))
        .contains("Run 2: Options")
        .containsOnlyOnce("id=\"protocol-0a1b2c3d4e\"");
  }

  /** Of more images more codes occur. */
  @Test
  void keepsUsagesOfOtherImagesApart() throws IOException {
    Run few =
        run(folder, counted(cell("A", 1, 20, 256), "few"), counted(cell("A", 1, 18, 512), "few"));
    Run many =
        run(folder, counted(cell("B", 1, 7, 256), "many"), counted(cell("B", 1, 5, 512), "many"));
    Path report = render(few, many);
    assertThat(text(report, "metrics.csv").lines().findFirst().orElseThrow())
        .contains(",usage@few,", ",perplexity@few,", ",usage@many,", ",perplexity@many")
        .doesNotContain(",usage,");
    assertThat(text(report, "usage.svg")).contains("protocol few", "protocol many");
    assertThat(text(report, "index.html"))
        .contains(" Protocol few, N = 64000. Protocol many, N = 64000.");
  }

  @Test
  void keepsUsageOfOlderRecords_besideThatOfOthers() throws IOException {
    Run older = run(folder, cell("A", 1, 20, 256), cell("A", 1, 18, 512));
    Run other = run(folder, counted(cell("B", 1, 7, 256), "many"));
    Path report = render(older, other);
    List<String> csv = text(report, "metrics.csv").lines().toList();
    assertThat(csv.get(0)).contains(",usage,", ",usage@many,");
    assertThat(csv.get(1)).startsWith("A,256,").contains(",0.96875,");
    assertThat(csv.get(2)).startsWith("A,512,").contains(",0.984375,");
    assertThat(csv.get(3)).startsWith("B,256,").contains(",0.96875,");
    assertThat(text(report, "index.html")).contains(" Protocol many, N = 64000.");
  }

  @Test
  void poolsRuns_onlyIfTheirSeedsDiffer() throws IOException {
    Run first = run(folder, cell("VQGAN", 1, 20, 256), cell("VQGAN", 2, 22, 256));
    Run other = run(folder, cell("VQGAN", 3, 21, 256));
    assertThat(text(render(first, other), "metrics.csv").lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("VQGAN,256,8.0,1000000,8,8,3,21.0,18.5158");
    assertThat(text(render(first, first), "metrics.csv").lines().skip(1))
        .extracting(line -> line.split(",", -1)[0])
        .containsExactly("VQGAN (run 1)", "VQGAN (run 2)");
  }

  @Test
  void saysThatLaterSeedsWerePooled() throws IOException {
    Finding.Check check = new Finding.Check("rfid", "B", null, "A", null, null);
    List<Finding> findings =
        List.of(new Finding("F1", "B is better than A.", null, List.of(check)));
    Run first = run(folder, "mine", "Mine", findings, cell("A", 1, 20, 256), cell("B", 1, 18, 256));
    Run later = run(folder, "mine", "Mine", findings, cell("A", 2, 20, 256), cell("B", 2, 18, 256));
    String pooled =
        "Pooled over several runs: seeds 1, 2 of runs 1, 2. Seeds should be fixed before a run; if"
            + " some were added after seeing others, tests err more often than stated.";
    Path report = render(first, later);
    for (String file : List.of("index.html", "metrics.md", "findings.md")) {
      assertThat(text(report, file)).contains(pooled);
    }
    assertThat(text(report, "findings.csv")).contains(",seeds,runs,verdict,").contains(",2,1 2,");
    assertThat(text(render(first), "index.html")).doesNotContain("Pooled");
  }

  @Test
  void tellsRowsApart_bySettingsThatDiffer() throws IOException {
    Path report =
        render(
            run(
                folder,
                cell("FQGAN", 1, metrics(20, SampleRuns.PROTOCOL), Map.of("loss", "l1"), 256),
                cell("FQGAN", 1, metrics(19, SampleRuns.PROTOCOL), Map.of("loss", "l2"), 256)));
    assertThat(text(report, "metrics.md"))
        .contains("| FQGAN, loss=l1 |")
        .contains("| FQGAN, loss=l2 |");
  }

  /** Three methods whose rFID and PSNR rise and fall with the images, all by as much. */
  private Run separated(double... rfid) throws IOException {
    Cell[] cells = {
      cell("A", 1, rfid[0], 256), cell("B", 1, rfid[1], 256), cell("C", 1, rfid[2], 256)
    };
    for (Cell cell : cells) {
      SampleRuns.writeCommonReplicates(folder, cell);
      double psnr = cell.metrics().get("psnr").value();
      SampleRuns.writeReplicates(
          folder, cell, "psnr", "ffff000001", psnr - 1, psnr + 1, psnr - 2, psnr + 2, psnr);
    }
    return run(folder, cells);
  }

  @Test
  void marksBestAndSecond_whereTheirIntervalsSaySo() throws IOException {
    Path report = render(separated(20, 10, 15));
    assertThat(text(report, "metrics.md"))
        .contains("**10.00** \\[9.50, 10.50\\] | **29.00** |")
        .contains("<ins>15.00</ins> \\[14.50, 15.50\\] | <ins>28.50</ins> |")
        .contains(
            "Bold marks the best and underlining the second best number of a column, where the 95%")
        .contains("excludes 0; of fewer than three seeds, for these nets.");
    assertThat(text(report, "metrics.tex")).contains("\\textbf{10.00}", "\\underline{15.00}");
    assertThat(text(report, "metrics-narrow.tex")).contains("\\textbf{29.00}");
    assertThat(text(report, "index.html")).contains(">10.00</strong>", ">15.00</u>");
  }

  @Test
  void marksNeither_whereAnotherIsAsGood() throws IOException {
    // Equal ones, and others that nothing is known of but their numbers.
    assertThat(text(render(separated(10, 10, 15)), "metrics.md")).doesNotContain("**", "<ins>");
    Run single = run(folder, cell("D", 1, 20, 256), cell("E", 1, 10, 256));
    assertThat(text(render(single), "metrics.md")).doesNotContain("**", "Bold");
    assertThat(text(render(separated(10, 15, 15)), "metrics.md"))
        .contains("**10.00**")
        .doesNotContain("<ins>");
  }

  @Test
  void setsNumbersRight_andWordsLeft() throws IOException {
    Path report = sweep;
    assertThat(text(report, "metrics.tex"))
        .contains("{@{\\extracolsep{\\fill}}lrrrrrr@{}}")
        .contains("rFID (dataset\\\\features) $\\downarrow^{a}$")
        .contains("PSNR (dB) $\\uparrow^{b}$")
        .contains("$^{a}$ protocol 0a1b2c3d4e, N = 1000; $^{b}$ protocol ffff000001, N = 1000.")
        .contains("\\toprule")
        .doesNotContain("Train img/s");
    assertThat(text(report, "metrics.md")).contains("| --- | ---: | ---: | ---: |");
    assertThat(text(report, "metrics-more.tex")).contains("Train img/s");
  }

  @Test
  void distancesWithoutTheBiasOfFewImages_standBesideTheOneThatHasIt() throws IOException {
    Map<String, Metric> metrics = metrics(20, SampleRuns.PROTOCOL);
    for (MetricKind kind : List.of(MetricKind.RFID_CORRECTED, MetricKind.FID_INFINITY)) {
      Optional<Metric.Interval> interval = Optional.of(new Metric.Interval(18, 19));
      metrics.put(
          kind.key(), Metric.of(kind, " (dataset features)", 18.5, interval, 1000, kind.key()));
    }
    Path report = render(run(folder, cell("VQGAN", 1, metrics, Map.of(), 256)));
    assertThat(text(report, "metrics.md"))
        .contains(
            "| rFID (dataset features) ↓<sup>a</sup>"
                + " | rFID, bias-corrected (dataset features) ↓<sup>b</sup>"
                + " | FID (N to infinity) (dataset features) ↓<sup>c</sup> | PSNR (dB)");
    assertThat(text(report, "index.html"))
        .containsSubsequence(
            "<h2 id=\"metrics-heading\">",
            ">rFID (dataset features)",
            ">rFID, bias-corrected (dataset features)",
            ">FID (N to infinity) (dataset features)",
            ">PSNR (dB)",
            "Further numbers");
    assertThat(text(report, "metrics-more.tex")).doesNotContain("infinity");
    assertThat(ColumnChoice.of("", List.of(), true).keys())
        .containsSequence("gfid", "gfid_corrected", "fid_infinity");
  }

  @Test
  void showsTheColumnsThatAreAskedFor() throws IOException {
    Path report = Files.createDirectories(folder.resolve("report"));
    render(report, Map.of("columns", "psnr, rfid,rfid_p_holm"), SampleRuns.sweep(folder));
    assertThat(text(report, "metrics.md"))
        .contains(
            "| Method | PSNR (dB) ↑<sup>a</sup> | rFID (dataset features) ↓<sup>b</sup> | p (")
        .contains("| Method | Codebook size | Bits | Params (M) |");
    assertThatThrownBy(() -> render(report, Map.of("columns", "psrn"), SampleRuns.sweep(folder)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("there is no column 'psrn'; did you mean 'psnr'?");
  }

  @Test
  void keepsPublishedNumbersApart() throws IOException {
    Path report = sweep;
    assertThat(text(report, "metrics.md")).doesNotContain("LlamaGen");
    assertThat(text(report, "published.md"))
        .contains(
            "Not comparable with measured numbers", "| Method | Codebook size | Sub-codebooks |")
        .contains("| VQ (LlamaGen) | 16,384 | 1 | 2.19 |");
    Path own = Files.createDirectories(folder.resolve("own"));
    render(own, Map.of(), run(folder, "mine", "Mine", cell("VQGAN", 1, 20, 256)));
    assertThat(own.resolve("published.md")).doesNotExist();
  }

  @Test
  void marksWhatIsBelowTheFloor_inAllFormats() throws IOException {
    Cell[] cells = {cell("LBG", 1, 50, 256), cell("A", 1, 60, 128, 128), cell("B", 1, 40, 256)};
    Path report = render(withFloor(run(folder, cells), "LBG"));
    String means =
        "worse than LBG at the same size or, if there is none, the next smaller size or rate: below the"
            + " floor (means over the seeds, without an interval; usage is judged by the rFID, a"
            + " generator by that of its tokenizer).";
    assertThat(text(report, "metrics.md"))
        .contains("† " + means)
        .contains("| A | 14.0 | 128 × 2 | 1.00 | 60.00† \\[59.50, 60.50\\] | 24.00† | 93.75† |")
        .contains("| 93.75† / 93.75† | 32.00 / 32.00 |")
        .contains("| LBG | 8.0 | 256 | 1.00 | 50.00 \\[")
        .contains("| B | 8.0 | 256 | 1.00 | 40.00 \\[");
    assertThat(text(report, "metrics.tex"))
        .contains("$^{\\dagger}$ " + means)
        .contains("& 60.00$^{\\dagger}$ {\\scriptsize {[}59.50, 60.50{]}} &")
        .contains("& 24.00$^{\\dagger}$ &")
        .doesNotContain("†");
    assertThat(text(report, "index.html"))
        .contains("† " + means)
        .contains(">60.00<abbr title=\"below the floor\">†</abbr> <small>[59.50, 60.50]</small>");
    List<String> csv = text(report, "metrics.csv").lines().toList();
    assertThat(csv.get(0))
        .contains(",rfid_protocol,rfid_below_floor,")
        .contains(",psnr_below_floor,");
    assertThat(csv.get(0))
        .contains(",usage_below_floor,usage_per_codebook_1,")
        .contains(",usage_per_codebook_2_high,usage_per_codebook_below_floor,");
    assertThat(csv.get(1)).contains(",50.0,49.5,50.5,1000,0a1b2c3d4e,false,");
    assertThat(csv.get(2)).contains(",60.0,59.5,60.5,1000,0a1b2c3d4e,true,");
    assertThat(text(report, "metrics.csv")).doesNotContain("†");
  }

  @Test
  void marksNothing_aboveTheFloorOrWithoutOne() throws IOException {
    Run run = run(folder, cell("LBG", 1, 50, 256), cell("B", 1, 60, 128), cell("C", 1, 40, 256));
    assertThat(text(render(run), "metrics.csv")).doesNotContain("below_floor");
    Path report = render(withFloor(run, "LBG"));
    assertThat(text(report, "metrics.csv")).contains("rfid_below_floor").doesNotContain("true");
    assertThat(text(report, "metrics.md")).doesNotContain("†", "floor");
  }

  @Test
  void neverMarksAsBest_whatIsBelowTheFloor() throws IOException {
    // B uses the most of its codebook, and has learned the least.
    Cell[] cells = {
      cell("LBG", 1, 50, 256), cell("A", 1, 40, 512), using(cell("B", 1, 60, 256), 1.0)
    };
    for (Cell cell : cells) {
      double usage = cell.usage().orElseThrow();
      SampleRuns.writeReplicates(
          folder, cell, "usage", "usage", usage - 0.2, usage + 0.2, usage - 0.1, usage + 0.1);
    }
    Run run = run(folder, cells);
    assertThat(text(render(run), "metrics.md")).contains("**100.0**");
    assertThat(text(render(withFloor(run, "LBG")), "metrics.md"))
        .contains("| 100.0† |")
        .contains("**98.4**");
  }

  @Test
  void saysOfGivenWeights_thatTheyHaveNoSeed() throws IOException {
    Cell[] cells = {given(cell("A", 1, 20, 256)), cell("B", 1, 18, 256), cell("B", 2, 19, 256)};
    Path report = render(run(folder, cells));
    String table = text(report, "metrics.md");
    assertThat(table).contains("| A | 256 | 8 | 8 | given |").contains("| B | 256 | 8 | 8 | 2 |");
    assertThat(table).contains("Given weights have one measurement and no seed");
    assertThat(text(render(run(folder, cells[1], cells[2])), "metrics.md"))
        .doesNotContain("iven weights");
    assertThat(ResultsCsv.of(List.of(run(folder, cells))))
        .contains(",given_weights,given_weights_sha256,")
        .contains(",/published/file.pt," + "a".repeat(64) + ",");
  }

  @Test
  void saysHowFarRowsAreFromTheFirstMethod_inAllFormats() throws IOException {
    Path report = sweep;
    String caption = "Δ is the difference to VQGAN at the same total codebook size";
    assertThat(text(report, "metrics.csv").lines().findFirst().orElseThrow())
        .contains(",rfid_difference,rfid_difference_low,rfid_difference_high,")
        .contains(",rfid_p_holm,rfid_test,");
    assertThat(text(report, "metrics.csv"))
        .contains(",\"t-test over 3 seeds, images not resampled\",");
    assertThat(text(report, "metrics.md"))
        .contains(caption)
        .contains("| Δ rFID (dataset features)<sup>a</sup> | p (Holm) | Test |");
    assertThat(text(report, "metrics-more.tex"))
        .contains("$\\Delta$ rFID")
        .containsPattern("& \\$-\\$[0-9.]+ \\{\\\\scriptsize \\{\\[}\\$-\\$[0-9.]+, ")
        .contains("FQGAN-Dual");
    assertThat(text(report, "index.html"))
        .contains(caption)
        .contains("<button type=\"button\">p (Holm)</button>");
  }

  @Test
  void saysWhetherFindingsHold_onThePageAndInFiles() throws IOException {
    Finding.Check check = new Finding.Check("rfid", "B", null, "A", null, null);
    Finding finding = new Finding("F1", "B is better than A & C.", null, List.of(check));
    Cell[] cells = {cell("A", 1, 20, 256), cell("B", 1, 18, 256)};
    SampleRuns.writeReplicates(folder, cells[0], SampleRuns.PROTOCOL, 16, 26, 17, 25, 21);
    SampleRuns.writeReplicates(folder, cells[1], SampleRuns.PROTOCOL, 14.2, 23.8, 15.2, 22.8, 19);
    Path report = render(run(folder, "mine", "Mine", List.of(finding), cells));
    assertThat(text(report, "index.html"))
        .contains("<h2 id=\"findings-heading\">What was found</h2>")
        .contains(
            "<span class=\"verdict open\">not decided</span> <b>F1</b> B is better than A &amp; C."
                + " <span class=\"because\">It points as claimed, but seeds were not varied.</span>")
        .contains(">in this direction at one seed (seeds not varied)</td>")
        .contains(">-2.000 [-2.556, -1.444]</td>", ">&lt;0.001</td>");
    assertThat(text(report, "findings.md"))
        .contains(
            "| F1 | in this direction at one seed (seeds not varied) | B is better than A \\& C. |")
        .contains(
            "| rFID of B at every size lower than that of A | 256 | -2.000 \\[-2.556, -1.444\\] |");
    assertThat(text(report, "findings.csv"))
        .startsWith("finding,claim,finding_verdict,comparison,size,other_size,difference,")
        .contains("F1,B is better than A & C.,in this direction at one seed (seeds not varied),")
        .contains(",256,256,-2.0,-2.55616")
        .contains(
            ",\"t-test over the images, 1 seed: seeds not varied\",1,1,in this direction at one seed (seeds not varied),");
  }

  @Test
  void saysWhatWouldDecide_onThePageAndInFiles() throws IOException {
    Finding.Check check = new Finding.Check("rfid", "B", null, "A", null, null);
    List<Finding> findings =
        List.of(new Finding("F1", "B is better than A.", null, List.of(check)));
    Cell[] cells = SampleRuns.closeToCall(folder);
    Path report = render(run(folder, "mine", "Mine", findings, cells));
    // As SciPy has t: (t(0.975) + t(0.8))^2 0.010^2 / 0.0170^2 times the 1,000 images.
    String plan = "2,730 images at 3 seeds";
    assertThat(text(report, "findings.csv")).contains(",3,1,not decided,\"" + plan + "\",,,\n");
    assertThat(text(report, "findings.md"))
        .contains("| not decided | " + plan + " |")
        .contains("What would decide: the seeds or images that a difference as large as");
    assertThat(text(report, "index.html")).contains(">" + plan + "</td>");
  }

  @Test
  void saysWhichRowsOfAFindingAreBelowTheFloor() throws IOException {
    Finding.Check check = new Finding.Check("rfid", "B", null, "A", null, null);
    Finding finding = new Finding("F1", "B is better than A.", null, List.of(check));
    Cell[] cells = {cell("A", 1, 20, 256), cell("B", 1, 18, 256), cell("LBG", 1, 19, 256)};
    Path report = render(withFloor(run(folder, "mine", "Mine", List.of(finding), cells), "LBG"));
    assertThat(text(report, "index.html"))
        .contains(
            ">not judged</span> <b>F1</b> B is better than A. <span class=\"because\">What it rests on"
                + " is worse than the floor, which says nothing about the methods: A of 256 codes.")
        .contains(">not judged: below the floor (A of 256 codes)</td>");
    assertThat(text(report, "findings.md"))
        .contains("| F1 | not judged: below the floor | B is better than A. |")
        .contains("| not judged: below the floor (A of 256 codes) |")
        .contains("A comparison is not judged, and neither is its finding, if a side of it is")
        .contains("The floor compares means over the seeds, without an interval.");
    assertThat(text(report, "findings.csv"))
        .contains(",seeds,runs,verdict,plan,below_floor,missing,source\n")
        .contains("F1,B is better than A.,not judged: below the floor,")
        .endsWith(",not judged: below the floor,,A of 256 codes,,\n");
  }

  @Test
  void tellsWhatOthersFound_fromWhatTheExperimentClaims() throws IOException {
    Finding.Check check = new Finding.Check("rfid", "B", null, "A", null, null);
    List<Finding> findings =
        List.of(
            new Finding("F1", "B is better than A.", "the FQGAN paper", List.of(check)),
            new Finding("Mine", "A is worse than B.", null, List.of(check)));
    Path report =
        render(run(folder, "mine", "Mine", findings, cell("A", 1, 20, 256), cell("B", 1, 18, 256)));
    assertThat(text(report, "index.html"))
        .containsSubsequence(
            "<h3>What the FQGAN paper found</h3>",
            "<b>F1</b>",
            "<h3>What the experiment claims</h3>",
            "<b>Mine</b>");
    assertThat(text(report, "findings.md"))
        .containsSubsequence(
            "What the FQGAN paper found, and whether it holds here.",
            "| F1 |",
            "What the experiment claims, and whether it holds here.",
            "| Mine |");
    assertThat(text(report, "findings.csv").lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("F1,").endsWith(",the FQGAN paper"),
            line -> assertThat(line).startsWith("Mine,").endsWith(","));
  }

  @Test
  void writesNoFindings_whereNoneWereDeclared() throws IOException {
    Path report = render(run(folder, cell("VQGAN", 1, 20, 256)));
    assertThat(report.resolve("findings.md")).doesNotExist();
    assertThat(text(report, "index.html")).doesNotContain("What was found", "Findings");
  }

  @Test
  void showsEverySubCodebook_withoutTheJointOne() throws IOException {
    Path report = render(run(folder, cell("FQGAN", 1, 20, 128, 16)));
    assertThat(text(report, "metrics.csv"))
        .contains(",usage,usage_low,usage_high,usage_per_codebook_1,")
        .contains(",0.8888888888888888,,,0.9375,,,0.5,,,");
    assertThat(text(report, "metrics.md"))
        .contains("| 128 + 16 |")
        .contains("| 88.89 |")
        .contains("| 93.75 / 50.00 |");
  }

  @Test
  void copiesSamples_besideThePage() throws IOException {
    Run run = run(folder, cell("VQGAN", 1, 20, 256));
    byte[] picture = {1, 2, 3};
    ResultFiles.writeWhole(
        ResultFiles.cellFolder(folder, run.cells().get(0).id()).resolve("samples.png"), picture);
    Path report = render(run);
    assertThat(report.resolve("samples-VQGAN256s1.png")).hasBinaryContent(picture);
    assertThat(report.resolve("reconstructions.png")).doesNotExist();
    assertThat(text(report, "index.html"))
        .contains("<a href=\"samples-VQGAN256s1.png\">VQGAN,")
        .contains("(cell VQGAN256s1): originals, reconstructions</a>");
  }

  @Test
  void showsFiguresThenTablesThenImages() throws IOException {
    Run run = run(folder, cell("VQGAN", 1, 20, 256), cell("VQGAN", 1, 18, 512));
    for (Cell cell : run.cells()) {
      SamplePictures.write(run, cell, SamplePictures.picture(3, 1, 2));
    }
    Path report = render(run);
    assertThat(report.resolve("reconstructions.png")).isNotEmptyFile();
    String page = text(report, "index.html");
    List<Integer> places =
        Stream.of(
                "Reconstruction FID against total codebook size</h2>",
                "Reconstruction FID against bits per token.</strong>",
                "<h2 id=\"metrics-heading\">",
                "<h2 id=\"published-heading\">",
                "<b>originals</b>",
                "<b>VQGAN</b><span>512 codes</span><span>PSNR 28.20 dB</span>",
                "The originals at the top",
                "<a href=\"samples-VQGAN256s1.png\"",
                "<h3 id=\"settings\">")
            .map(page::indexOf)
            .toList();
    assertThat(places).doesNotContain(-1).isSorted();
  }

  @Test
  void showsSamplesOfGenerators_insideThePage() throws IOException {
    Cell tokenizer = cell("FQGAN", 1, 5, 128, 128);
    Run run = run(folder, tokenizer, drawn("FAR", tokenizer, 7));
    SamplePictures.write(run, run.cells().get(1), SamplePictures.picture(3, 1, 2));
    assertThat(text(render(run), "index.html"))
        .contains("<img src=\"data:image/png;base64,", "alt=\"Rows of images: FAR")
        .contains("<a href=\"samples-drawnFARs1.png\">");
  }

  @Test
  void saysWhichCommandMadeARun() throws IOException {
    assertThat(text(render(run(folder, cell("VQGAN", 1, 20, 256))), "index.html"))
        .contains("<code>VERNIER_THREADS=2 ./vernier run fig1 --scale quick</code>");
  }

  @Test
  void saysWhatEachRowOfSamplesShows() throws IOException {
    Run run = run(folder, cell("FQGAN", 1, 20, 128, 128));
    SamplePictures.write(run, run.cells().get(0), SamplePictures.picture(3, 1, 2, 3, 4));
    assertThat(text(render(run), "index.html"))
        .contains(
            "originals, reconstructions, then each sub-codebook alone, the others' vectors"
                + " filled with zeros: c0, c1</a>");
  }

  @Test
  void printsProvenance_inFull() throws IOException {
    assertThat(text(render(run(folder, cell("VQGAN", 1, 20, 256))), "index.html"))
        .contains(SampleRuns.DATASET_HASH)
        .contains("c0ffee1")
        .contains("OpenJDK 17")
        .contains("2026-01-02T03:04:05Z")
        .contains("id=\"protocol-0a1b2c3d4e\"")
        .contains("frechet distance")
        .contains("300 (scale)")
        .contains("the same for all cells");
  }

  @Test
  void namesEverySession_whereTheyDiffer() throws IOException {
    Run run = run(folder, cell("VQGAN", 1, 20, 256));
    assertThat(text(render(run), "index.html")).doesNotContain("session");
    assertThat(text(render(SampleRuns.resumed(run, "0ld<0ne")), "index.html"))
        .contains("It ran in 2 sessions that differ in commit")
        .contains("<td>c0ffee1</td>")
        .contains("<td>0ld&lt;0ne</td>")
        .contains("2026-01-01T03:04:05Z")
        .contains("<td>interrupted</td>");
    assertThat(text(render(SampleRuns.rebuilt(run)), "index.html"))
        .contains("It ran in 2 sessions that differ in plugin mine.jar");
  }

  @Test
  void needsNoNetwork() throws IOException {
    String page = text(sweep, "index.html");
    assertThat(page)
        .doesNotContainPattern("(src|href)=\"(https?:)?//")
        .doesNotContain("<script ", "<link ")
        .doesNotContain("@import");
  }

  @Test
  void isRefused_withoutARun() {
    assertThatThrownBy(() -> render(folder, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no run");
  }
}
