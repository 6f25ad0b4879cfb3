package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Given;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The gate as CI calls it, on runs of a folder. */
class GateCommandTest {
  private static final double[] IMAGES =
      new Random(1).doubles(200).map(each -> 20 + 10 * each).toArray();

  @TempDir Path folder;

  private static Outcome gate(String... arguments) {
    List<String> all = new ArrayList<>(List.of("gate"));
    all.addAll(List.of(arguments));
    return Outcome.of(all.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** A run of one cell of given weights, or of one a seed, whose images have these scores. */
  private void run(String name, String protocol, double[] images, long... seeds)
      throws IOException {
    Path run = folder.resolve(name);
    List<String> ids = new ArrayList<>();
    for (long seed : seeds.length == 0 ? new long[] {0} : seeds) {
      Map<String, Metric> metrics = new LinkedHashMap<>();
      double mean = Arrays.stream(images).average().orElseThrow() + 0.01 * seed;
      Optional<Metric.Interval> interval = Optional.of(new Metric.Interval(mean - 1, mean + 1));
      metrics.put(
          MetricKind.PSNR.key(),
          Metric.of(MetricKind.PSNR, "", mean, interval, images.length, protocol));
      metrics.put(
          MetricKind.ENTROPY.key(),
          Metric.of(MetricKind.ENTROPY, "", 8, Optional.empty(), 9, protocol));
      String id = "cell" + seed;
      ids.add(id);
      Given given = seed == 0 ? Given.weights("/weights", "abc") : null;
      ResultFiles.write(run, SmallRecords.cell(id, "VQ <GAN>", given, seed, metrics));
      StringBuilder csv = new StringBuilder("image,psnr,ssim\n");
      IntStream.range(0, images.length)
          .forEach(i -> csv.append("val/" + i + "," + images[i] + ",0\n"));
      Files.writeString(ResultFiles.cellFolder(run, id).resolve("images.csv"), csv);
    }
    ResultFiles.write(run, SmallRecords.run(Map.of(protocol, Map.of("images", protocol)), ids));
  }

  private static double[] plus(double by) {
    return Arrays.stream(IMAGES).map(each -> each + by).toArray();
  }

  private static Document xml(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  @Test
  void verdicts_areExitCodesXmlAndMarkdown() throws Exception {
    run("good", "p1", IMAGES);
    run("bad", "p1", plus(-0.5));
    run("other", "p2", IMAGES);
    String baseline = path("gate.json");
    assertThat(gate(path("good"), "--baseline", baseline).code()).as("no baseline").isEqualTo(2);
    assertThat(gate(path("good"), "--baseline", baseline, "--update").code()).isZero();

    Outcome good = gate(path("good"), "--baseline", baseline, "--junit", path("good.xml"));
    assertThat(good.code()).isZero();
    assertThat(good.out()).contains("gate passed: 1 pass", "at most 1% of all gates fail");
    assertThat(count(xml(folder.resolve("good.xml")), "failure")).isZero();

    Outcome bad =
        gate(
            path("bad"),
            "--baseline",
            baseline,
            "--junit",
            path("bad.xml"),
            "--summary",
            path("summary.md"));
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).contains("fail: PSNR of VQ <GAN>: worse by 0.5, tolerance 0.02");
    Document failed = xml(folder.resolve("bad.xml"));
    Element test = (Element) failed.getElementsByTagName("testcase").item(0);
    assertThat(test.getAttribute("classname")).isEqualTo("VQ <GAN>");
    assertThat(test.getAttribute("name")).isEqualTo("PSNR");
    assertThat(count(failed, "failure")).isEqualTo(1);
    assertThat(count(failed, "skipped")).as("entropy has no better direction").isEqualTo(1);

    Outcome other =
        gate(
            path("other"),
            "--baseline",
            baseline,
            "--junit",
            path("other.xml"),
            "--summary",
            path("summary.md"));
    assertThat(other.code()).isEqualTo(3);
    assertThat(other.out()).contains("another protocol: images p2, was p1");
    assertThat(count(xml(folder.resolve("other.xml")), "error")).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("summary.md")))
        .contains("### Vernier gate failed: 1 fail")
        .contains("| VQ \\<GAN\\> | PSNR | ")
        .contains("### Vernier gate could not measure: 1 not comparable");
  }

  private static int count(Document document, String tag) {
    NodeList found = document.getElementsByTagName(tag);
    String attribute =
        switch (tag) {
          case "failure" -> "failures";
          case "error" -> "errors";
          case "testcase" -> "tests";
          default -> tag;
        };
    Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute(attribute)).isEqualTo(String.valueOf(found.getLength()));
    return found.getLength();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void summaryOnAFullDisk_isNamed() throws Exception {
    run("good", "p1", IMAGES);
    Outcome full =
        gate(path("good"), "--baseline", path("gate.json"), "--update", "--summary", "/dev/full");
    assertThat(full.code()).isEqualTo(ExitCodes.WRONG_USE);
    assertThat(full.err()).contains("there is no room for /dev/full: ");
  }

  @Test
  void firstUpdate_leavesTheFilesThatACiJobReads() throws Exception {
    run("good", "p1", IMAGES);
    Outcome first =
        gate(
            path("good"),
            "--baseline",
            path("gate.json"),
            "--update",
            "--junit",
            path("gate.xml"),
            "--summary",
            path("summary.md"));
    assertThat(first.code()).as(first.err()).isZero();
    Document written = xml(folder.resolve("gate.xml"));
    assertThat(count(written, "testcase")).isPositive();
    assertThat(count(written, "failure") + count(written, "error")).isZero();
    assertThat(folder.resolve("summary.md"))
        .content()
        .contains("gate.json, which was written from it");
  }

  @Test
  void update_showsTheDifference_keepsTheTolerances_andWritesTheSameBytesAgain() throws Exception {
    run("good", "p1", IMAGES);
    run("bad", "p1", plus(-0.5));
    Path baseline = folder.resolve("gate.json");
    gate(path("good"), "--baseline", baseline.toString(), "--update");
    String before = Files.readString(baseline);
    Files.writeString(baseline, before.replace("\"absolute\": 0.02", "\"absolute\": 2.0"));
    assertThat(gate(path("bad"), "--baseline", baseline.toString()).code())
        .as("the tolerance of the file counts")
        .isZero();
    Outcome updated = gate(path("bad"), "--baseline", baseline.toString(), "--update");
    assertThat(updated.code()).isZero();
    assertThat(updated.out()).contains("-0.5", "baseline: " + baseline);
    assertThat(Files.readString(baseline)).contains("\"absolute\": 2.0").isNotEqualTo(before);
    String after = Sha256.ofFile(baseline) + Sha256.ofFile(folder.resolve("gate.npz"));
    gate(path("bad"), "--baseline", baseline.toString(), "--update");
    assertThat(Sha256.ofFile(baseline) + Sha256.ofFile(folder.resolve("gate.npz")))
        .isEqualTo(after);
  }

  @Test
  void trainedCells_failOnceTheirSpreadIsKnown() throws Exception {
    run("first", "p1", IMAGES, 1);
    run("others", "p1", IMAGES, 2, 3, 4, 5, 6);
    run("worse", "p1", plus(-1), 1);
    String baseline = path("gate.json");
    gate(path("first"), "--baseline", baseline, "--update");
    Outcome unknown = gate(path("worse"), "--baseline", baseline);
    assertThat(unknown.code()).isEqualTo(3);
    assertThat(unknown.out()).contains("inconclusive: ", "calibrate, with runs of five seeds");
    Outcome calibrated =
        gate(path("first"), "--baseline", baseline, "--update", "--calibrate", path("others"));
    assertThat(calibrated.out())
        .containsPattern(
            "note: PSNR of VQ <GAN>, seed 1 differs by up to 0\\.\\d+ by chance alone \\(other seeds,"
                + " other images\\), more than its tolerance of 0\\.");
    assertThat(Files.readString(Path.of(baseline))).contains("\"trainings\": 6");
    assertThat(gate(path("worse"), "--baseline", baseline).code()).isEqualTo(1);
    Outcome alone = gate(path("first"), "--baseline", baseline, "--calibrate", path("others"));
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err()).contains("--calibrate belongs to --update");
  }

  @Test
  void calibration_refusesWhatIsGiven_andSaysHowManyTrainingsAreKnown() throws Exception {
    run("good", "p1", IMAGES);
    run("first", "p1", IMAGES, 1);
    run("second", "p1", plus(1), 2);
    String said = "good is given, not trained: nothing to calibrate";
    assertRefused(said, "gate.json", "--update", "--calibrate", path("good"));
    Outcome given =
        gate(
            path("first"),
            "--baseline",
            path("gate.json"),
            "--update",
            "--calibrate",
            path("second"),
            path("good"));
    assertThat(given.code()).isEqualTo(2);
    assertThat(given.err()).contains(said);
    assertThat(folder.resolve("gate.json")).doesNotExist();
    Outcome two =
        gate(
            path("first"),
            "--baseline",
            path("gate.json"),
            "--update",
            "--calibrate",
            path("second"));
    assertThat(two.code()).isZero();
    assertThat(two.out()).contains("note: VQ <GAN>: 2 trainings are known, 5 are needed: ");
  }

  @Test
  void notANumber_isMissing_andNoBaseline() throws Exception {
    run("good", "p1", IMAGES);
    String baseline = path("gate.json");
    gate(path("good"), "--baseline", baseline, "--update");
    run("broken", "p1", IMAGES);
    Path result = ResultFiles.cellFile(folder.resolve("broken"), "cell0");
    String json = Files.readString(result);
    assertThat(json).containsPattern("\"value\" : [0-9.]+");
    Files.writeString(result, json.replaceFirst("\"value\" : [0-9.]+", "\"value\" : NaN"));
    Outcome broken = gate(path("broken"), "--baseline", baseline);
    assertThat(broken.code()).isEqualTo(3);
    assertThat(broken.out()).contains("missing: PSNR of VQ <GAN>: ", "NaN");
    Outcome updated = gate(path("broken"), "--baseline", baseline, "--update");
    assertThat(updated.code()).isEqualTo(2);
    assertThat(updated.err()).contains("is not a baseline");
  }

  private void assertRefused(String said, String baseline, String... further) {
    List<String> arguments = new ArrayList<>(List.of(path("good"), "--baseline", path(baseline)));
    arguments.addAll(List.of(further));
    Outcome outcome = gate(arguments.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines()).singleElement().asString().contains(said);
  }

  @Test
  void filesOfOthers_stayAsTheyAre() throws Exception {
    run("good", "p1", IMAGES);
    String baseline = path("gate.json");
    gate(path("good"), "--baseline", baseline, "--update");
    Path mine = Files.writeString(folder.resolve("mine.npz"), "mine");
    String before = Sha256.ofFile(Path.of(baseline)) + Sha256.ofFile(folder.resolve("gate.npz"));

    assertRefused("gate.json is --baseline, too", "gate.json", "--junit", baseline);
    assertRefused("gate.npz is --baseline, whose", "gate.json", "--junit", path("gate.npz"));
    assertRefused("mine.npz is there already", "gate.json", "--junit", mine.toString());
    assertRefused("gate.json is --baseline, too", "gate.json", "--summary", baseline);
    assertRefused("--junit, too", "gate.json", "--junit", path("x"), "--summary", path("x"));
    assertRefused("mine.npz is there already, and the scores", "mine.json", "--update");
    assertRefused("is a folder: name a file as --baseline", ".", "--update");
    assertRefused("is a folder: name a file as --baseline", ".");

    assertThat(mine).hasContent("mine");
    assertThat(folder.resolve("mine.json")).doesNotExist();
    assertThat(Sha256.ofFile(Path.of(baseline)) + Sha256.ofFile(folder.resolve("gate.npz")))
        .isEqualTo(before);
  }

  @Test
  void xmlOfAnEarlierGate_isReplaced_inAFolderThatIsMade() throws Exception {
    run("good", "p1", IMAGES);
    gate(path("good"), "--baseline", path("gate.json"), "--update");
    for (int i = 0; i < 2; i++) {
      Outcome outcome =
          gate(
              path("good"),
              "--baseline",
              path("gate.json"),
              "--junit",
              path("out/gate.xml"),
              "--summary",
              path("further/summary.md"));
      assertThat(outcome.code()).as(outcome.err()).isZero();
    }
    assertThat(folder.resolve("further/summary.md")).isNotEmptyFile();
  }

  @Test
  void damagedBaseline_isOneLine() throws Exception {
    run("good", "p1", IMAGES);
    Files.writeString(folder.resolve("gate.json"), "{\"cells\": ");
    Outcome outcome = gate(path("good"), "--baseline", path("gate.json"));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines()).hasSize(1);
  }
}
