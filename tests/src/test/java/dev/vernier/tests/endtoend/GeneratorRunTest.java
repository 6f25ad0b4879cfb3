package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.Phase;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.tests.onnx.PatchNet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generators on tokenizers, as a user runs them. */
class GeneratorRunTest {
  private static final int GENERATOR_STEPS = 30;
  private static final String OTHER_HASH = "0".repeat(64);
  private static final String EXPERIMENT =
      """
      name: heads
      title: Two heads
      methods:
        - {method: FQ, tokenizer: fqgan-dual}
        - method: linear
          on: FQ
          generator: far-linear
          sampling: {top-k: [quarter, all], guidance: 1.5, samples: 140}
        - {method: far, on: FQ, generator: far, sampling: {samples: 140}}
      findings:
        - name: F
          claim: The factorized head predicts better.
          checks:
            - {metric: nll_bits_per_position, method: far, lower-than: linear}
            - {metric: gfid, method: "far, samples", lower-than: "linear, top-k all"}
      """;

  @TempDir static Path finished;
  @TempDir static Path data;

  @TempDir Path folder;
  private Program vernier;

  @BeforeAll
  static void runWhole() throws Exception {
    SmallData.cifar(data, 40, 20);
    PatchNet.random(4, 3).global(finished.resolve("scorer.onnx"), 1, 3, 32, 32);
    Files.writeString(finished.resolve("heads.yaml"), EXPERIMENT);
    Outcome outcome = new Program(finished).runHere(command("whole", "--workers", "0"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @BeforeEach
  void prepare() throws Exception {
    FolderTree.copy(finished, folder);
    vernier = new Program(folder);
  }

  private static List<String> command(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "./heads.yaml", "--data", "cifar10:" + data, "--out", "./" + out));
    arguments.addAll(Program.set("features=onnx", "features.file=./scorer.onnx", "bootstrap=4"));
    arguments.addAll(
        Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=8", "batch-size=4"));
    arguments.addAll(Program.set("perceptual-weight=0", "steps=2", "seeds=1", "trunk-steps=0"));
    arguments.addAll(Program.set("generator.width=16", "generator.layers=1", "generator.heads=2"));
    arguments.addAll(Program.set("generator-steps=" + GENERATOR_STEPS, "generator-batch-size=4"));
    arguments.addAll(Program.set("checkpoint-seconds=0"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Run run(String out, String... more) throws Exception {
    List<String> command = command(out, more);
    command.addAll(List.of("--workers", "0"));
    return finished(out, vernier.runHere(command));
  }

  private Run runInWorkers(String out, String... more) throws Exception {
    List<String> command = command(out, more);
    command.addAll(List.of("--workers", "2"));
    return finished(out, vernier.run(command));
  }

  private Run finished(String out, Outcome outcome) throws Exception {
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ResultFiles.read(folder.resolve(out));
  }

  private static void assertSameNumbers(Run one, Run other) {
    assertThat(other.record().cells()).isEqualTo(one.record().cells());
    for (int i = 0; i < one.cells().size(); i++) {
      assertThat(other.cells().get(i).metrics()).isEqualTo(one.cells().get(i).metrics());
      assertThat(other.cells().get(i).generation()).isEqualTo(one.cells().get(i).generation());
      assertThat(passed(other.cells().get(i))).isEqualTo(passed(one.cells().get(i)));
    }
  }

  /** Images that passed through each phase, in all sessions. */
  private static Map<String, Long> passed(Cell cell) {
    return cell.phases().stream().collect(Collectors.toMap(Phase::name, Phase::images));
  }

  /** Kills the program as soon as a file is there. */
  private void kill(String out, String file, String... more) throws Exception {
    killOnce(out, cell -> Files.exists(cell.resolve(file)), more);
    assertThat(found(out, file)).as(file).isNotEmpty();
  }

  /** Kills the program within work of a kind; that of a later cell where it was too fast. */
  private void killWithin(String out, Moment moment, String... more) throws Exception {
    for (int i = 0; i < 2 && cells(out, moment).isEmpty(); i++) {
      killOnce(out, moment, more);
    }
    assertThat(cells(out, moment)).isNotEmpty();
  }

  private void killOnce(String out, Moment moment, String... more) throws Exception {
    Process process = vernier.start(command(out, more));
    try {
      for (int i = 0; i < 30_000 && cells(out, moment).isEmpty(); i++) {
        assertThat(process.waitFor(2, TimeUnit.MILLISECONDS)).as("it ended too soon").isFalse();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** What a cell's folder looks like at some time of its work. */
  @FunctionalInterface
  private interface Moment {
    boolean isNow(Path cell) throws IOException;
  }

  /** Some steps are in a checkpoint, and some are to come. */
  private static boolean isTrainedInPart(Path cell) throws IOException {
    Path state = cell.resolve("state");
    if (!Files.exists(cell.resolve("state/codes.sha256"))) {
      return false;
    }
    try (Stream<Path> each = Files.list(state)) {
      return each.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("step-"))
          .mapToInt(name -> Integer.parseInt(name.substring("step-".length())))
          .anyMatch(step -> step < GENERATOR_STEPS);
    }
  }

  /** Some images are drawn, and some are to come. */
  private boolean isDrawnInPart(Path cell) throws IOException {
    Path tokens = Path.of(cell.getFileName().toString(), "state", "samples.tokens");
    Path own = cell.resolveSibling(tokens);
    return Files.exists(own)
        && Files.size(own) > 0
        && Files.size(own) < Files.size(folder.resolve("whole/cells").resolve(tokens));
  }

  /**
   * Interrupts the program where it encodes images: the lock of the codes holds it up there until
   * it has been asked to stop.
   *
   * @param tokenizer the cell that the codes lie in
   */
  private void interruptEncoding(String out, String tokenizer) throws Exception {
    // As a run leaves its folder that was killed early: any other with something in it is refused.
    new RunFolder(folder.resolve(out)).lock().close();
    Path cell = ResultFiles.cellFolder(folder.resolve(out), tokenizer);
    Path codes = Files.createDirectories(cell.resolve("codes"));
    Process process;
    try (FileChannel channel =
            FileChannel.open(
                codes.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      process = vernier.start(command(out, "--workers", "0"));
      // Asked to stop before a generator's cell has begun, it would not get as far as the lock.
      for (int i = 0; i < 3000 && found(out, "state/code.sha256").size() < 2; i++) {
        assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
      }
      Program.interrupt(process);
      assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).as("the lock held it up").isFalse();
    }
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it went on").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(Files.readString(folder.resolve("err.txt")))
        .contains(
            "vernier: interrupted; to continue, repeat the command with --out ./"
                + out
                + " --resume");
    assertThat(codes).isDirectoryNotContaining("glob:**.codes");
    assertThat(found(out, "state/codes.sha256")).isEmpty();
  }

  private List<Path> found(String out, String file) throws Exception {
    return cells(out, cell -> Files.exists(cell.resolve(file)));
  }

  private List<Path> cells(String out, Moment moment) throws Exception {
    Path cells = folder.resolve(out).resolve("cells");
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(cells)) {
      try (Stream<Path> each = Files.list(cells)) {
        for (Path cell : each.toList()) {
          if (moment.isNow(cell)) {
            found.add(cell);
          }
        }
      }
    }
    return found;
  }

  @Test
  void run_givesTheSameNumbers_inWorkers_andAfterKills() throws Exception {
    Run whole = ResultFiles.read(folder.resolve("whole"));
    assertThat(whole.cells())
        .extracting(Cell::method)
        .containsExactly(
            "FQ", "linear", "linear, top-k quarter", "linear, top-k all", "far", "far, samples");
    Cell tokenizer = whole.cells().get(0);
    Cell linear = whole.cells().get(1);
    Cell drawn = whole.cells().get(2);
    assertThat(tokenizer.generation()).isNull();
    assertThat(linear.metrics()).containsKeys("nll_bits_per_position", "nll_bits_per_image");
    assertThat(linear.generation().spec().parameters()).isPositive();
    assertThat(linear.generation().spec().headParameters())
        .isBetween(1L, linear.generation().spec().parameters() - 1);
    assertThat(drawn.metrics())
        .containsKeys("gfid", "precision")
        .doesNotContainKey("nll_bits_per_position");
    assertThat(drawn.metrics().get("gfid").samples()).isEqualTo(140);
    assertResampled(drawn, linear);
    assertThat(drawn.generation().sampling())
        .containsEntry("guidance", "1.5")
        .containsEntry("top-k", "quarter");
    assertThat(drawn.generation().inputs()).containsKeys("tokenizer", "generator");
    assertThat(folder.resolve("whole/cells/" + drawn.id() + "/samples.png")).isNotEmptyFile();
    assertThat(passed(linear)).containsEntry("encode", 80L).containsEntry("train", 120L);
    assertThat(passed(drawn)).containsEntry("sample", 140L);
    double sum =
        linear.metrics().get("nll_bits_per_position.visual").value()
            + linear.metrics().get("nll_bits_per_position.semantic").value();
    assertThat(linear.metrics().get("nll_bits_per_position").value()).isCloseTo(sum, within(1e-9));
    assertThat(Files.readString(folder.resolve("whole/results.csv")))
        .contains(
            "gfid",
            "generator_parameters",
            "head_parameters",
            "sampling.top-k",
            "sub_tokens_per_second");
    assertThat(Files.readString(folder.resolve("whole/report/findings.md"))).contains("gFID");

    assertSameNumbers(whole, runInWorkers("workers"));

    interruptEncoding("killed", tokenizer.id());
    killWithin("killed", GeneratorRunTest::isTrainedInPart, "--workers", "0", "--resume");
    kill("killed", "state/generator/generator.json", "--workers", "0", "--resume");
    killWithin("killed", this::isDrawnInPart, "--workers", "0", "--resume");
    assertSameNumbers(whole, run("killed", "--resume"));
  }

  /** What differences of generators are tested by. */
  private void assertResampled(Cell drawn, Cell trained) throws Exception {
    Replicates replicates =
        ResultFiles.readReplicates(folder.resolve("whole/cells/" + drawn.id()), "gfid")
            .orElseThrow();
    assertThat(replicates.samples()).isEqualTo(140);
    assertThat(replicates.protocol()).isEqualTo(drawn.metrics().get("gfid").protocol());
    Metric joint = trained.metrics().get("nll_bits_per_position");
    List<String> images =
        Files.readAllLines(folder.resolve("whole/cells/" + trained.id() + "/images.csv"));
    assertThat(images.get(0)).isEqualTo("image,nll_bits_per_position,nll_bits_per_image");
    assertThat(images).hasSize((int) joint.samples() + 1);
    double mean =
        images.stream()
            .skip(1)
            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(joint.value(), within(1e-9));
  }

  private void change(Path file, String part, String other) throws Exception {
    String text = Files.readString(file);
    assertThat(text).contains(part);
    Files.writeString(file, text.replace(part, other));
  }

  private void changeInput(Cell cell, String input) throws Exception {
    change(
        ResultFiles.cellFile(folder.resolve("whole"), cell.id()),
        cell.generation().inputs().get(input),
        OTHER_HASH);
  }

  /** A cell that is trained again may get other bits: what stands on it follows. */
  @Test
  void cellsOfOtherInputs_runAgain_andSamplesOfAnotherGeneratorAreRefused() throws Exception {
    Run whole = ResultFiles.read(folder.resolve("whole"));
    Path cells = folder.resolve("whole/cells");
    Cell linear = whole.cells().get(1);
    Cell drawn = whole.cells().get(5);
    FolderTree.delete(cells.resolve(whole.cells().get(0).id()));
    changeInput(linear, "tokenizer");
    changeInput(drawn, "generator");
    change(
        cells.resolve(linear.id() + "/state/codes.sha256"),
        linear.generation().inputs().get("codes"),
        OTHER_HASH);
    Run again = runInWorkers("whole", "--resume");
    assertSameNumbers(whole, again);
    for (int kept : new int[] {2, 3, 4}) {
      assertThat(again.cells().get(kept)).isEqualTo(whole.cells().get(kept));
    }

    Files.delete(ResultFiles.cellFile(folder.resolve("whole"), drawn.id()));
    change(
        cells.resolve(drawn.id() + "/state/generator.sha256"),
        drawn.generation().inputs().get("generator"),
        OTHER_HASH);
    Outcome outcome = vernier.runHere(command("whole", "--workers", "0", "--resume"));
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
    assertThat(ResultFiles.readCell(folder.resolve("whole"), drawn.id()).error())
        .startsWith("its samples were begun by another generator: delete ")
        .endsWith("state and run again with --resume");
  }

  @Test
  void cellsOnAFailedOne_failInALineThatNamesIt() throws Exception {
    Run before = run("out", "--set", "reference=validation");
    String gfid = before.cells().get(2).metrics().get("gfid").protocol();
    assertThat(before.record().protocols().get(gfid).get("reference"))
        .startsWith("all 20 validation images");
    for (Cell cell : before.cells()) {
      Files.delete(ResultFiles.cellFile(folder.resolve("out"), cell.id()));
    }
    Path state = folder.resolve("out/cells/" + before.cells().get(0).id() + "/state");
    Files.move(state, folder.resolve("moved"));
    Files.writeString(state, "no folder");
    Outcome outcome = vernier.run(command("out", "--workers", "2", "--resume"));
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
    Run run = ResultFiles.read(folder.resolve("out"));
    Cell tokenizer = run.cells().get(0);
    assertThat(tokenizer.status()).isEqualTo(Cell.Status.FAILED);
    assertThat(run.cells()).hasSize(6);
    for (Cell cell : run.cells().subList(1, 6)) {
      assertThat(cell.error())
          .isEqualTo(
              "it depends on FQ (cell " + tokenizer.id() + "), which failed: " + tokenizer.error());
    }
  }
}
