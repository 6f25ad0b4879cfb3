package dev.vernier.tests.endtoend;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.CellFile;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.tests.onnx.PatchNet;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureOneTest {
  @TempDir static Path cache;
  @TempDir Path folder;
  private Program vernier;

  @BeforeEach
  void prepare() {
    vernier = new Program(folder, cache, 1);
  }

  private static List<String> tiny(String data, String out, String sizes, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "fig1", "--data", data, "--out", out, "--seeds", "1"));
    arguments.addAll(Program.smallNets("codebook-size=" + sizes));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Features of a net that needs no training. */
  private List<String> scored() throws Exception {
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    return Program.set("features=onnx", "features.file=scorer.onnx");
  }

  private Run read(String name) throws Exception {
    return ResultFiles.read(folder.resolve(name));
  }

  private static void assertSameNumbers(Cell one, Cell two) {
    assertThat(one.status()).isEqualTo(Cell.Status.FINISHED);
    assertThat(two.id()).isEqualTo(one.id());
    assertThat(two.metrics()).isEqualTo(one.metrics());
    assertThat(two.codebooks()).isEqualTo(one.codebooks());
  }

  @Test
  void run_onCifarFiles_writesResultsAndReportTheSameTwice() throws Exception {
    String data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 64, 40);
    Outcome outcome = vernier.run(tiny(data, "one", "8,16", "--set", "steps=6"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Run one = read("one");
    assertThat(one.record().provenance().ended()).isNotNull();
    assertThat(one.record().protocols()).isNotEmpty();
    assertThat(one.cells()).hasSize(12);
    for (Cell cell : one.cells()) {
      assertThat(cell.metrics())
          .containsKeys(
              "rfid", "rfid_corrected", "psnr", "ssim", "inception_score", "bits_per_pixel")
          .containsKeys("entropy", "entropy_chao_shen", "unseen_mass");
      assertThat(one.record().protocols()).containsKey(cell.metrics().get("rfid").protocol());
      assertThat(cell.notes())
          .anySatisfy(
              note ->
                  assertThat(note)
                      .startsWith("the 95% interval of rFID is for the distance at N = 40 images"));
      Path inside = ResultFiles.cellFolder(one.folder(), cell.id());
      assertThat(Files.readAllLines(inside.resolve("log.jsonl"))).hasSize(6);
      assertThat(Files.readAllLines(inside.resolve("images.csv"))).hasSize(41);
      assertThat(inside.resolve("samples.png")).isNotEmptyFile();
      assertThat(inside.resolve("worst.png")).isNotEmptyFile();
      assertThat(CellFile.CODES.read(inside)).isPresent();
      assertThat(CellFile.CLASSES.read(inside).orElseThrow().classes()).isNotEmpty();
      assertThat(inside.resolve("features.npy")).isNotEmptyFile();
      Replicates replicates = ResultFiles.readReplicates(inside, "rfid").orElseThrow();
      assertThat(replicates.values()).hasSize(10);
      assertThat(replicates.samples()).isEqualTo(40);
      assertThat(replicates.protocol()).isEqualTo(cell.metrics().get("rfid").protocol());
      Replicates usage = ResultFiles.readReplicates(inside, "usage").orElseThrow();
      assertThat(usage.values()).hasSize(10).allMatch(each -> each <= cell.usage().orElseThrow());
      assertThat(usage.seed()).isEqualTo(replicates.seed());
      assertThat(usage.samples()).isEqualTo(40);
    }
    assertThat(outcome.out())
        .contains("rFID (dataset features)")
        .containsPattern(
            "F1 not (decided|judged): At equal total size FQGAN-Dual has a lower rFID than VQGAN\\."
                + " [A-Z].*\\.")
        .containsPattern("F2 not measured: At equal total size .* FQGAN-Dual\\. Missing: \\S.*\\.")
        .contains("F4 ")
        .doesNotContain("hold");
    assertPageSaysTheSame(findings(outcome));
    assertThat(Files.readAllLines(folder.resolve("one/results.csv"))).hasSize(13);
    for (String file :
        List.of(
            "index.html",
            "fig1.svg",
            "fig1.pdf",
            "fig1.png",
            "fig1-bits.svg",
            "cost.svg",
            "rarefaction.svg",
            "frequencies.svg",
            "classes.svg",
            "training.svg",
            "worst.png",
            "findings.md",
            "reconstructions.png")) {
      try (Stream<Path> files = Files.walk(folder.resolve("one/report"))) {
        assertThat(files.map(each -> each.getFileName().toString())).contains(file);
      }
    }

    Outcome again =
        vernier.runHere(tiny(data, "./two", "16", "--set", "steps=6", "--workers", "0"));
    assertThat(again.code()).as(again.err()).isZero();
    Map<String, Cell> first = one.cells().stream().collect(toMap(Cell::id, cell -> cell));
    assertThat(read("two").cells())
        .hasSize(6)
        .allSatisfy(cell -> assertSameNumbers(first.get(cell.id()), cell));

    assertEvaluatesTheSame(one.cells().get(2), data);
  }

  /** What the console says of findings. */
  private static List<String> findings(Outcome outcome) {
    return outcome.out().lines().filter(line -> line.matches("F\\d .*")).toList();
  }

  private void assertPageSaysTheSame(List<String> said) throws Exception {
    String page = Files.readString(folder.resolve("one/report/index.html"));
    assertThat(
            Pattern.compile(
                    "<span class=\"verdict \\w+\">(.*?)</span> <b>(.*?)</b> (.*?) <span"
                        + " class=\"because\">(.*?)</span>")
                .matcher(page)
                .results()
                .map(
                    each ->
                        "%s %s: %s %s"
                            .formatted(each.group(2), each.group(1), each.group(3), each.group(4))))
        .containsExactlyElementsOf(said);
    Outcome report = vernier.runHere("report", "./one", "--out", "./again");
    assertThat(report.code()).as(report.err()).isZero();
    assertThat(findings(report)).isEqualTo(said).hasSize(4);
  }

  private void assertEvaluatesTheSame(Cell cell, String data) throws Exception {
    Outcome refused = evaluate(cell, "cifar10:/no/such");
    assertThat(refused.code()).as(refused.err()).isEqualTo(2);
    assertThat(folder.resolve("eval")).doesNotExist();

    Outcome eval = evaluate(cell, data);
    assertThat(eval.code()).as(eval.err()).isZero();
    assertThat(read("eval").cells().get(0).metrics()).isEqualTo(cell.metrics());
  }

  private Outcome evaluate(Cell cell, String data) throws Exception {
    return vernier.runHere(
        "eval",
        "--weights",
        "./one/cells/" + cell.id() + "/state/tokenizer",
        "--data",
        data,
        "--out",
        "./eval",
        "--set",
        "bootstrap=10");
  }

  @ParameterizedTest(name = "killed: {0}")
  @ValueSource(booleans = {false, true})
  void run_stoppedAlone_takesItsWorkersAlong(boolean killed) throws Exception {
    String data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 64, 40);
    List<String> settings = new ArrayList<>(Program.set("steps=100000", "checkpoint-seconds=0"));
    settings.addAll(scored());
    settings.addAll(List.of("--workers", "2"));
    Files.writeString(
        folder.resolve("one.yaml"),
        """
        name: one
        title: One
        methods:
          - {method: VQGAN, tokenizer: vqgan, grid: {codebook-size: [8]}}
        """);
    List<String> arguments = tiny(data, "run", "8,16", settings.toArray(String[]::new));
    arguments.set(1, "one.yaml");
    Process process = vernier.start(arguments);
    awaitCheckpoint(folder.resolve("run"));
    List<ProcessHandle> workers = process.toHandle().children().toList();
    assertThat(workers).isNotEmpty();
    if (killed) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle worker : workers) {
      worker.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(Files.readAllLines(folder.resolve("err.txt")))
        .filteredOn(line -> line.startsWith("vernier: "))
        .allMatch(line -> line.startsWith("vernier: interrupted; to continue, repeat the command"))
        .hasSize(killed ? 0 : 1);
  }

  private static void awaitCheckpoint(Path run) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (System.nanoTime() < deadline) {
      if (Files.isDirectory(run.resolve("cells"))) {
        try (Stream<Path> files = Files.walk(run.resolve("cells"))) {
          if (files.anyMatch(file -> file.getFileName().toString().startsWith("step-00000001"))) {
            return;
          }
        } catch (UncheckedIOException e) {
          // A checkpoint was replaced while the folder was read.
        }
      }
      Thread.sleep(5);
    }
    throw new AssertionError("no checkpoint came");
  }
}
