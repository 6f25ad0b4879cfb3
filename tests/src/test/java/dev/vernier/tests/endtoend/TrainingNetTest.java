package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.spi.Sha256;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dataset's own net, where the user gives neither LPIPS nor teachers to train with. */
class TrainingNetTest {
  private static final String EXPERIMENT =
      """
      name: two
      title: Two that need the net
      scales: {quick: {steps: 2, seeds: 1, trunk-steps: 0}}
      methods:
        - {method: VQGAN, tokenizer: vqgan}
        - {method: VQ-LC, tokenizer: vq-lc}
      """;

  /** The net of these images, trained once for the tests that do not ask when it is. */
  @TempDir static Path trained;

  @TempDir Path folder;
  private Program vernier;
  private String data;

  @BeforeAll
  static void trainNet() throws Exception {
    TrainingNetTest first = new TrainingNetTest();
    first.folder = trained;
    first.prepare();
    first.run("run", small("train", "--tokenizer", "vq-lc", "--set", "steps=1"));
  }

  @BeforeEach
  void prepare() throws Exception {
    vernier = new Program(folder);
    data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 16, 8);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    Files.writeString(folder.resolve("two.yaml"), EXPERIMENT);
  }

  private void takeNet() throws Exception {
    Path from = trained.resolve("cache/features");
    Path to = Files.createDirectories(folder.resolve("cache/features"));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private Outcome run(String out, String... begin) throws Exception {
    Outcome outcome = attempt(out, begin);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private Outcome attempt(String out, String... begin) throws Exception {
    return vernier.runHere(arguments(out, begin));
  }

  private List<String> arguments(String out, String... begin) {
    List<String> arguments = new ArrayList<>(List.of(begin));
    arguments.addAll(List.of("--data", data, "--out", "./" + out));
    arguments.addAll(Program.set("bootstrap=0", "features=onnx", "features.file=./scorer.onnx"));
    return arguments;
  }

  private static String[] small(String... begin) {
    List<String> arguments = new ArrayList<>(List.of(begin));
    arguments.addAll(
        Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=8", "batch-size=4"));
    return arguments.toArray(String[]::new);
  }

  private List<Path> nets() throws Exception {
    Path kept = folder.resolve("cache/features");
    if (!Files.isDirectory(kept)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(kept)) {
      return files.toList();
    }
  }

  @Test
  void net_isTrainedOnce_beforeWorkersStart() throws Exception {
    Outcome outcome =
        vernier.run(
            arguments(
                "run",
                small("run", "./two.yaml", "--workers", "2", "--set", "perceptual-weight=1")));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err().lines())
        .filteredOn(line -> line.contains("feature net trained"))
        .singleElement()
        .asString()
        .doesNotContain("worker");
    assertThat(nets())
        .singleElement()
        .satisfies(
            net ->
                assertThat(Files.getLastModifiedTime(net))
                    .isLessThanOrEqualTo(Files.getLastModifiedTime(folder.resolve("run/.lock"))));
  }

  @Test
  void net_isPartOfWhatCellsAre() throws Exception {
    takeNet();
    String[] begin = small("run", "./two.yaml", "--workers", "0", "--set", "perceptual-weight=1");
    run("run", begin);
    Path net = nets().get(0);
    String hash = Sha256.ofFile(net);
    RunRecord record = ResultFiles.read(folder.resolve("run")).record();
    assertThat(record.shared()).containsEntry("perceptual distance", "dataset-teacher " + hash);
    assertThat(record.teachers()).containsOnlyKeys("*");
    assertThat(record.teachers().get("*").name()).isEqualTo("dataset-teacher");
    assertThat(record.teachers().get("*").hash()).isEqualTo(hash);

    Path kept = folder.resolve("run/nets").resolve(net.getFileName());
    assertThat(kept).hasSameBinaryContentAs(net);
    byte[] other = Files.readAllBytes(net);
    other[other.length - Float.BYTES] ^= 1;
    Files.write(kept, other);
    List<String> again = new ArrayList<>(List.of(begin));
    again.add("--resume");
    Outcome refused = attempt("run", again.toArray(String[]::new));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.complaints()).singleElement().asString().contains("other nets");
  }

  @Test
  void netsOfARun_travelWithIt() throws Exception {
    takeNet();
    String[] begin =
        small(
            "run", "./two.yaml", "--workers", "0", "--seeds", "1", "--set", "perceptual-weight=1");
    runScoredByItsOwn("run", begin);
    Run before = ResultFiles.read(folder.resolve("run"));
    assertThat(nets()).hasSize(2);
    // As on another machine, which trained other nets, or none.
    for (Path net : nets()) {
      byte[] other = Files.readAllBytes(net);
      other[other.length - Float.BYTES] ^= 1;
      Files.write(net, other);
    }
    Cell first = before.cells().get(0);
    Files.delete(folder.resolve("run/cells").resolve(first.id()).resolve("result.json"));
    List<String> again = new ArrayList<>(List.of(begin));
    again.add("--resume");
    runScoredByItsOwn("run", again.toArray(String[]::new));
    assertThat(ResultFiles.read(folder.resolve("run")).cells().get(0).metrics())
        .isEqualTo(first.metrics());
    runScoredByItsOwn(
        "eval", "eval", "--weights", "./run/cells/" + first.id() + "/state/tokenizer");
    assertThat(ResultFiles.read(folder.resolve("eval")).cells().get(0).metrics().get("rfid"))
        .isEqualTo(first.metrics().get("rfid"));
    assertThat(first.notes())
        .anyMatch(note -> note.startsWith("learned from (perceptual distance): dataset-teacher "))
        .anyMatch(note -> note.startsWith("scored by: dataset "));
  }

  private void runScoredByItsOwn(String out, String... begin) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(begin));
    arguments.addAll(List.of("--data", data, "--out", "./" + out));
    arguments.addAll(Program.set("bootstrap=0"));
    Outcome outcome = vernier.runHere(arguments);
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @Test
  void teacher_doesNotScoreItsLike() throws Exception {
    takeNet();
    List<String> arguments =
        new ArrayList<>(List.of(small("run", "./two.yaml", "--set", "perceptual-weight=1")));
    arguments.addAll(List.of("--data", data, "--out", "./sibling"));
    arguments.addAll(Program.set("bootstrap=0", "features=dataset-teacher"));
    Outcome refused = vernier.runHere(arguments);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.complaints()).singleElement().asString().contains("cannot score");
    assertThat(folder.resolve("sibling")).doesNotExist();
  }

  @Test
  void net_thatNothingNeeds_isNotTrained() throws Exception {
    String[] train =
        small("train", "--tokenizer", "vqgan", "--set", "steps=1", "--set", "perceptual-weight=0");
    run("without", train);
    assertThat(nets()).isEmpty();
    RunRecord record = ResultFiles.read(folder.resolve("without")).record();
    assertThat(record.shared()).doesNotContainKey("perceptual distance");
    assertThat(record.teachers()).isEmpty();
  }

  @Test
  void evaluation_doesWithoutTheNet() throws Exception {
    takeNet();
    run("trained", small("train", "--tokenizer", "vq-lc", "--set", "steps=1"));
    Run trained = ResultFiles.read(folder.resolve("trained"));
    assertThat(nets()).hasSize(1);
    Files.delete(nets().get(0));
    String id = trained.cells().get(0).id();
    run("eval", "eval", "--weights", "./trained/cells/" + id + "/state/tokenizer");
    assertThat(nets()).isEmpty();
  }
}
