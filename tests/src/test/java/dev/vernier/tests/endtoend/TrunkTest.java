package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The encoder and decoder that all cells of a run begin from. */
class TrunkTest {
  private static final String EXPERIMENT =
      """
      name: two
      title: Two that begin from one trunk
      methods:
        - {method: VQGAN, tokenizer: vqgan}
        - {method: FQGAN, tokenizer: fqgan-dual}
        - {method: LFQ, tokenizer: lfq}
        - {method: LBG, tokenizer: lbg}
      """;

  private static final String ALONE =
      "{name: one, title: One, methods: [{method: VQGAN, tokenizer: vqgan}]}";

  @TempDir Path folder;
  private Program vernier;
  private String data;

  @BeforeEach
  void prepare() throws Exception {
    vernier = new Program(folder);
    data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 16, 8);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    Files.writeString(folder.resolve("two.yaml"), EXPERIMENT);
    Files.writeString(folder.resolve("one.yaml"), ALONE);
  }

  private List<String> arguments(String experiment, String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "./" + experiment, "--data", data));
    arguments.addAll(List.of("--out", "./" + out));
    arguments.addAll(Program.set("features=onnx", "features.file=./scorer.onnx", "bootstrap=0"));
    arguments.addAll(
        Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=8", "batch-size=4"));
    arguments.addAll(Program.set("perceptual-weight=0", "steps=1"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Run run(String experiment, String out, String... more) throws Exception {
    Outcome outcome = vernier.runHere(arguments(experiment, out, more));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ResultFiles.read(folder.resolve(out));
  }

  private List<Path> trunks() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("cache/trunks"))) {
      return files.toList();
    }
  }

  private static List<String> trunksOf(Run run) {
    return run.cells().stream()
        .filter(cell -> !cell.tokenizer().equals("lbg"))
        .map(cell -> cell.training().get("trunk"))
        .distinct()
        .toList();
  }

  private static List<String> ids(Run run) {
    return run.cells().stream().map(Cell::id).toList();
  }

  @Test
  void trunk_isTrainedOnce_shown_andPartOfEveryCellThatBeginsFromIt() throws Exception {
    Outcome first =
        vernier.run(
            arguments(
                "two.yaml", "one", "--seeds", "2", "--set", "trunk-steps=3", "--workers", "2"));
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("train the trunk of all cells (once, then kept): 3 of 3");
    Run one = ResultFiles.read(folder.resolve("one"));
    assertThat(trunksOf(one)).singleElement().asString().hasSize(16);
    assertThat(one.cells())
        .filteredOn(cell -> cell.tokenizer().equals("lbg"))
        .allSatisfy(cell -> assertThat(cell.training()).doesNotContainKey("trunk"));
    assertThat(one.record().shared()).containsEntry("trunk", trunksOf(one).get(0));
    assertThat(trunks()).hasSize(1);

    Outcome second =
        vernier.runHere(
            arguments(
                "two.yaml", "two", "--seeds", "1", "--set", "trunk-steps=3", "--workers", "0"));
    assertThat(second.err()).doesNotContain("train the trunk");
    Run two = ResultFiles.read(folder.resolve("two"));
    Map<String, Map<String, Metric>> metrics =
        one.cells().stream().collect(Collectors.toMap(Cell::id, Cell::metrics));
    assertThat(two.cells())
        .hasSize(4)
        .allSatisfy(cell -> assertThat(cell.metrics()).isEqualTo(metrics.get(cell.id())));

    Run other =
        run("one.yaml", "other", "--seeds", "1", "--set", "trunk-steps=4", "--workers", "0");
    assertThat(trunksOf(other)).doesNotContainAnyElementsOf(trunksOf(one));
    Run without =
        run("two.yaml", "without", "--seeds", "1", "--set", "trunk-steps=0", "--workers", "0");
    assertThat(without.cells())
        .allSatisfy(cell -> assertThat(cell.training()).doesNotContainKey("trunk"));
    assertThat(ids(without)).doesNotContainAnyElementsOf(ids(one).subList(0, 6));
  }

  @Test
  void damagedTrunk_isToldInOneLine() throws Exception {
    String[] small = {"--seeds", "1", "--set", "trunk-steps=1", "--workers", "0"};
    run("one.yaml", "one", small);
    Files.write(trunks().get(0), new byte[] {1, 2, 3});
    Outcome outcome = vernier.runHere(arguments("one.yaml", "two", small));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.complaints())
        .singleElement()
        .asString()
        .contains("trunk-", "is damaged: delete it and run again");
  }

  @Test
  @SuppressWarnings("try") // the lock is held, never used
  void trunkThatAnotherRunTrains_isWaitedFor_andTaken() throws Exception {
    String[] small = {"--seeds", "1", "--set", "trunk-steps=1", "--workers", "0"};
    Run one = run("one.yaml", "one", small);
    Path trunk = trunks().get(0);
    Path trained = Files.move(trunk, folder.resolve("trained"));
    Process waiting;
    try (RunFolder.Lock held = new RunFolder(Path.of(trunk + ".training")).lock()) {
      waiting = vernier.start(arguments("one.yaml", "two", small));
      while (waiting.isAlive() && !told("waits for the trunk that process ")) {
        Thread.sleep(20);
      }
      Files.move(trained, trunk);
    }
    Outcome outcome = vernier.outcome(waiting);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .containsOnlyOnce("waits for the trunk")
        .doesNotContain("train the trunk");
    assertThat(trunksOf(ResultFiles.read(folder.resolve("two")))).isEqualTo(trunksOf(one));
    assertThat(trunks()).containsExactly(trunk);
  }

  private boolean told(String part) throws Exception {
    return Files.readString(folder.resolve("err.txt")).contains(part);
  }
}
