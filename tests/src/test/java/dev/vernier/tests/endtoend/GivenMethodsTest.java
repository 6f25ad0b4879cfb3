package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.cli.Vernier;
import dev.vernier.records.Cell;
import dev.vernier.records.Given;
import dev.vernier.records.Metric;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.tests.onnx.PatchNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer that was trained in PyTorch, by each of the ways to give it. */
class GivenMethodsTest {
  private static final Path RESOURCES = Path.of("src/test/resources/given").toAbsolutePath();

  private static final String EXPERIMENT =
      """
      name: mine
      title: A tokenizer of PyTorch by three routes
      methods:
        - method: Mine, ONNX
          onnx: {encoder: %1$s/encoder.onnx, decoder: %1$s/decoder.onnx, range: 0..1}
          codebooks: [64, 64]
        - method: Mine, reconstructed
          reconstructions: %1$s/reconstructions
          codes: %1$s/codes.npy
          codebooks: [64, 64]
        - method: Images alone
          reconstructions: %1$s/reconstructions
      findings:
        - name: F
          claim: The way does not matter.
          checks: [{metric: usage, method: "Mine, ONNX", lower-than: "Mine, reconstructed"}]
      """;

  /** So many that there is time to stop in between. */
  private static final int SETS = 8;

  @TempDir Path folder;

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  private Run run(String... arguments) throws Exception {
    return runInto("run", arguments);
  }

  private Run runInto(String out, String... arguments) throws Exception {
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", path(out), "--quiet"));
    all.addAll(Program.set("features=onnx", "features.file=" + path("scorer.onnx")));
    assertThat(Vernier.execute(all.toArray(String[]::new))).isZero();
    return ResultFiles.read(folder.resolve(out));
  }

  private Run run() throws Exception {
    Path yaml = Files.writeString(folder.resolve("mine.yaml"), EXPERIMENT.formatted(RESOURCES));
    return run(
        "run",
        yaml.toString(),
        "--workers",
        "0",
        "--data",
        "folder:" + RESOURCES.resolve("images"),
        "--set",
        "data.image-size=32");
  }

  @Test
  void everyWay_givesTheSameNumbers_andStandsInTheReport() throws Exception {
    Run run = run();
    Cell onnx = run.cells().get(0);
    Cell images = run.cells().get(1);
    Cell alone = run.cells().get(2);
    assertThat(run.cells())
        .extracting(each -> each.given().kind())
        .containsExactly(Given.Kind.ONNX, Given.Kind.RECONSTRUCTIONS, Given.Kind.RECONSTRUCTIONS);

    assertThat(images.metrics()).containsOnlyKeys(onnx.metrics().keySet());
    images.metrics().forEach((key, metric) -> assertEqual(key, onnx.metrics().get(key), metric));
    alone
        .metrics()
        .forEach((key, metric) -> assertThat(metric).isEqualTo(images.metrics().get(key)));
    assertThat(alone.metrics()).containsKeys("rfid", "psnr", "ssim").doesNotContainKey("entropy");

    // What PyTorch says of its own images, and of the codes.
    assertThat(images.metrics().get("psnr").value()).isCloseTo(22.49689735747655, within(1e-9));
    assertThat(images.codebooks()).extracting(each -> each.distinct()).startsWith(63L, 64L);
    assertThat(onnx.codebooks()).isEqualTo(images.codebooks());

    assertThat(onnx.spec().totalCodes()).isEqualTo(128);
    assertThat(onnx.spec().downsampling()).isEqualTo(4);
    assertThat(images.spec().subCodebooks()).isEqualTo(onnx.spec().subCodebooks());
    assertThat(alone.spec()).isNull();
    assertThat(Files.readString(folder.resolve("run/report/metrics.md")))
        .contains("| Mine, ONNX | 12.0 | 64 × 2 |")
        .contains("| Mine, reconstructed | 12.0 | 64 × 2 |")
        .contains("| Images alone |  |  |");
    assertThat(Files.readString(folder.resolve("run/report/findings.csv")))
        .contains("128", "not decided");
    assertThat(run.record().commands())
        .singleElement()
        .asString()
        .contains("vernier run " + path("mine.yaml") + " --workers 0 --data folder:" + RESOURCES);
    assertThat(Files.readString(folder.resolve("run/report/index.html")))
        .contains("<pre><code>" + run.record().commands().get(0) + "</code></pre>");
    assertPlotted("Mine, ONNX", onnx);
    assertPlotted("Mine, reconstructed", images);
    assertThat(run.folder().resolve("report/rfid.svg"))
        .content()
        .contains(">Mine, ONNX</text>", ">Mine, reconstructed</text>")
        // There is no size at which it could stand.
        .doesNotContain("Images alone");
  }

  @Test
  void damagedResults_areNamed_andTheirCellsRunAgain() throws Exception {
    Run whole = run();
    for (Cell each : whole.cells().subList(0, 2)) {
      Path file = ResultFiles.cellFile(whole.folder(), each.id());
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
    }
    // In a worker, which finds the other one as it is.
    Outcome resumed =
        new Program(folder).run("run", "mine.yaml", "--out", "run", "--resume", "--workers", "1");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err())
        .contains("1 of 3 cells are done already")
        .containsPattern("result.json is damaged.*; its cell runs again");
    Run again = ResultFiles.read(whole.folder());
    for (int i = 0; i < whole.cells().size(); i++) {
      assertThat(again.cells().get(i).metrics()).isEqualTo(whole.cells().get(i).metrics());
    }
  }

  /** A method has one point in the figure, at its size, as high as its cell says. */
  private void assertPlotted(String method, Cell cell) throws Exception {
    Metric rfid = cell.metrics().get("rfid");
    assertThat(Files.readAllLines(folder.resolve("run/report/rfid.csv")))
        .filteredOn(line -> line.contains('"' + method + '"'))
        .singleElement()
        .asString()
        .contains(
            "measured,128.0,%s,%s,%s,,12.0,".formatted(rfid.value(), rfid.low(), rfid.high()));
  }

  @Test
  void sets_areCellsOfARun() throws Exception {
    String real = RESOURCES.resolve("images/val").toString();
    Run run =
        run(
            "score",
            real,
            RESOURCES.resolve("reconstructions").toString(),
            real,
            "--name",
            "Mine",
            "--name",
            "Perfect");
    assertThat(run.cells()).extracting(Cell::method).containsExactly("Mine", "Perfect");
    Cell mine = run.cells().get(0);
    Cell perfect = run.cells().get(1);
    assertThat(mine.metrics().get("psnr").value()).isCloseTo(22.49689735747655, within(1e-9));
    assertThat(perfect.metrics().get("psnr").value()).isEqualTo(100);
    assertThat(mine.metrics().get("rfid").protocol())
        .isEqualTo(perfect.metrics().get("rfid").protocol());
    assertThat(run.record().protocols()).containsKey(mine.metrics().get("rfid").protocol());
    assertThat(run.record().dataset().validation()).isEqualTo(64);
    assertThat(Files.readString(folder.resolve("run/results.csv"))).contains("Perfect");
    assertThat(Files.readString(folder.resolve("run/report/metrics.md")))
        .contains("| Mine |", "| Perfect |");
    assertThat(Vernier.execute("score", real, real, "--out", path("run"))).isEqualTo(2);
  }

  @Test
  void runAndScore_measureTheSamePixelsByOneProtocol() throws Exception {
    Metric run = run().cells().get(2).metrics().get("psnr");
    String real = RESOURCES.resolve("images/val").toString();
    String other = RESOURCES.resolve("reconstructions").toString();
    Metric scored = runInto("scored", "score", real, other).cells().get(0).metrics().get("psnr");
    assertThat(scored.protocol()).isEqualTo(run.protocol());
    assertThat(scored.value()).isEqualTo(run.value());
  }

  private static String said(String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @Test
  void indicesBeyondTheDeclaredCodebooks_areRefusedBeforeWork() throws Exception {
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    String pair =
        "ONNX=onnx:%1$s/encoder.onnx,%1$s/decoder.onnx,codebooks=64+8,range=0..1"
            .formatted(RESOURCES);
    List<String> compare =
        new ArrayList<>(
            List.of("compare", pair, RESOURCES.resolve("images/val").toString(), "--quiet"));
    compare.addAll(List.of("--out", path("run"), "--data", "folder:" + RESOURCES + "/images"));
    compare.addAll(Program.set("features=onnx", "features.file=" + path("scorer.onnx")));
    Outcome outcome = Outcome.of(compare.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("encoder.onnx has the index ")
        .contains("outside of sub-codebook code-2, which is declared to have 8 codes, 0 to 7");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void compare_ranksWhatIsOfOneProtocol_andNothingElse() throws Exception {
    String pair =
        "ONNX=onnx:%1$s/encoder.onnx,%1$s/decoder.onnx,codebooks=64+64,range=0..1"
            .formatted(RESOURCES);
    String perfect = "Perfect=" + RESOURCES.resolve("images/val");
    Run run = run("compare", pair, perfect, "--data", "folder:" + RESOURCES.resolve("images"));
    assertThat(run.cells()).extracting(Cell::method).containsExactly("ONNX", "Perfect");
    // The size of the images is read off what is given.
    assertThat(run.record().options()).containsEntry("data.image-size", "32");
    assertThat(folder.resolve("run/results.csv")).exists();

    // A finished run is not measured again, and says how the others are.
    String images = "Images=" + RESOURCES.resolve("reconstructions");
    String text = said("compare", path("run"), images, "--out", path("more"), "--quiet");
    assertThat(text)
        .containsPattern("PSNR \\(higher is better\\), protocol \\w+, N = 64\\n  1 +Perfect +100.0")
        .containsPattern("Perfect - Images +77.50 +\\[76.+\\] +p <0.001 +t-test over the images")
        .contains("run 1: " + path("run"), "run 2: " + path("more"))
        .doesNotContain("cannot be ranked");
    assertThat(ResultFiles.read(folder.resolve("more")).cells()).hasSize(1);
    assertThat(Files.readString(folder.resolve("more/report/metrics.md")))
        .contains("| ONNX |", "| Perfect |", "| Images |");

    String fewer =
        said(
            "compare",
            path("run"),
            images,
            "--set",
            "images=32",
            "--out",
            path("fewer"),
            "--quiet");
    assertThat(fewer)
        .containsPattern(
            "rFID.*: Images cannot be ranked with ONNX, Perfect, their protocols differ in")
        .contains("images: 32, not 64");
    assertComparesRunsAlone(fewer);
    assertThat(Vernier.execute("compare", pair)).isEqualTo(2);
    assertThat(Vernier.execute("compare", images + ",codes=c.npy", perfect)).isEqualTo(2);
  }

  @Test
  void comparisonThatIsInterrupted_goesOnByTheSameCommand() throws Exception {
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    List<String> compare = new ArrayList<>(List.of("compare"));
    for (int i = 0; i < SETS; i++) {
      compare.add("Set " + i + "=" + RESOURCES.resolve("reconstructions"));
    }
    compare.addAll(List.of("--data", "folder:" + RESOURCES.resolve("images"), "--out", "out"));
    compare.addAll(Program.set("data.image-size=32", "features=onnx", "features.file=scorer.onnx"));
    Program vernier = new Program(folder);
    Process begun = vernier.start(compare);
    while (begun.isAlive() && measured().isEmpty()) {
      Thread.sleep(5);
    }
    Program.interrupt(begun);
    Outcome interrupted = vernier.outcome(begun);
    assertThat(interrupted.code()).as(interrupted.err()).isNotZero();
    assertThat(interrupted.complaints())
        .containsExactly("vernier: interrupted; to continue, repeat the command with --out out");
    List<Path> before = measured();
    assertThat(before).hasSizeBetween(1, SETS - 1);

    Outcome resumed = vernier.run(compare);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains(before.size() + " of " + SETS + " cells are done already");
    assertThat(measured()).hasSize(SETS).containsAll(before);
    assertThat(vernier.run(compare).complaints())
        .singleElement()
        .asString()
        .startsWith("vernier: out holds a run already");
  }

  /** The results of the cells in {@code out}. */
  private List<Path> measured() throws IOException {
    if (!Files.isDirectory(folder.resolve("out/cells"))) {
      return List.of();
    }
    try (Stream<Path> cells = Files.list(folder.resolve("out/cells"))) {
      return cells.map(each -> each.resolve("result.json")).filter(Files::exists).toList();
    }
  }

  @Test
  void compare_saysWhatRangeADecoderSeemsToHave() throws Exception {
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    String pair = "onnx:%1$s/encoder.onnx,%1$s/decoder.onnx,codebooks=64+64".formatted(RESOURCES);
    List<String> compare =
        new ArrayList<>(List.of("compare", "Right=" + pair + ",range=0..1", "Wrong=" + pair));
    compare.addAll(List.of("--data", "folder:" + RESOURCES.resolve("images"), "--quiet"));
    compare.addAll(List.of("--out", path("ranges")));
    compare.addAll(Program.set("features=onnx", "features.file=" + path("scorer.onnx")));
    assertThat(said(compare.toArray(String[]::new)).lines())
        .filteredOn(line -> line.contains("the range"))
        .singleElement()
        .asString()
        .startsWith("note: " + RESOURCES.resolve("decoder.onnx") + " gave values from 0.")
        .contains("which fit the range 0..1 and not -1..1: give range: 0..1");
    assertThat(Files.readString(folder.resolve("ranges/report/index.html")))
        .containsPattern("decoder.onnx gave values .* encoder does take -1..1 \\(Wrong\\)");
  }

  /** Finished runs leave what measured ones do, and say the same of them. */
  private void assertComparesRunsAlone(String measured) throws Exception {
    String alone = said("compare", path("run"), path("fewer"), "--out", path("alone"), "--quiet");
    assertThat(alone.replace(path("alone"), path("fewer"))).isEqualTo(measured);
    Run run = ResultFiles.read(folder.resolve("alone"));
    assertThat(run.cells()).isEmpty();
    assertThat(run.record().experiment()).isEqualTo("compare");
    assertThat(run.record().commands()).singleElement().asString().contains("compare");
    assertThat(run.record().protocols()).hasSizeGreaterThan(1);
    assertThat(folder.resolve("alone/results.csv"))
        .hasSameTextualContentAs(folder.resolve("fewer/results.csv"))
        .content()
        .contains(",Perfect,", ",Images,");
    assertThat(Vernier.execute("compare", path("run"), path("fewer"), "--out", path("alone")))
        .isEqualTo(2);

    String json =
        said("compare", path("run"), path("fewer"), "--json", "--out", path("json"), "--quiet");
    JsonNode psnr = node(json, "psnr", 0);
    assertThat(psnr.get("ranked"))
        .extracting(each -> each.get("method").textValue())
        .startsWith("Perfect");
    assertThat(psnr.get("ranked").get(0).get("value").doubleValue()).isEqualTo(100);
    assertThat(psnr.get("differences").get(0).get("low").doubleValue()).isLessThan(0);
    assertThat(psnr.has("apart")).isFalse();
    assertThat(node(json, "rfid", 1).get("apart").toString()).contains("images: 32, not 64");
  }

  /** What a comparison says of a metric by one of its protocols. */
  private static JsonNode node(String json, String metric, int protocol) throws Exception {
    return StreamSupport.stream(new ObjectMapper().readTree(json).spliterator(), false)
        .filter(each -> each.get("metric").textValue().equals(metric))
        .skip(protocol)
        .findFirst()
        .orElseThrow();
  }

  /** Two runtimes round apart, which moves a grey level here and there. */
  private static void assertEqual(String key, Metric one, Metric other) {
    assertThat(other.protocol()).as(key).isEqualTo(one.protocol());
    assertThat(other.samples()).as(key).isEqualTo(one.samples());
    assertThat(other.value())
        .as(key)
        .isCloseTo(one.value(), within(1e-5 * Math.max(1, Math.abs(one.value()))));
  }
}
