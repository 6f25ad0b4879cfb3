package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.spi.Sha256;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokenizers that learn from models that the user gives. */
class TeacherTest {
  private static final String EXPERIMENT =
      """
      name: taught
      title: Taught
      scales: {quick: {seeds: 1, trunk-steps: 0}}
      options: {representation-weight: "0.5"}
      methods:
        - {method: VQ-LC, tokenizer: vq-lc}
        - {method: Dual, tokenizer: fqgan-dual}
      floor: VQ-LC
      """;

  @TempDir Path folder;
  private Program vernier;
  private String data;

  @BeforeEach
  void prepare() throws Exception {
    vernier = new Program(folder);
    data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 80, 24);
    PatchNet.random(8, 1).convolutional(folder.resolve("patches.onnx"), -1, 3, -1, -1);
    PatchNet.random(12, 2).global(folder.resolve("global.onnx"), 1, 3, 16, 16);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    Files.writeString(folder.resolve("taught.yaml"), EXPERIMENT);
  }

  private Run run(String out, String... begin) throws Exception {
    return finished(out, vernier.runHere(arguments(out, begin)));
  }

  private List<String> arguments(String out, String... begin) {
    List<String> arguments = new ArrayList<>(List.of(begin));
    arguments.addAll(List.of("--data", data, "--out", "./" + out));
    arguments.addAll(
        Program.set(
            "channels=8",
            "z-channels=16",
            "groups=4",
            "codebook-size=16",
            "perceptual-weight=0",
            "batch-size=8",
            "steps=4",
            "bootstrap=0",
            "features=onnx",
            "features.file=./scorer.onnx",
            "teacher.side=32"));
    return arguments;
  }

  private Run finished(String out, Outcome outcome) throws Exception {
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ResultFiles.read(folder.resolve(out));
  }

  private static String[] with(String[] begin, String... more) {
    return Stream.of(begin, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static List<String> log(Run run, Cell cell) throws Exception {
    return Files.readAllLines(ResultFiles.cellFolder(run.folder(), cell.id()).resolve("log.jsonl"));
  }

  @Test
  void run_inWorkersAndHere_givesTheSameNumbers() throws Exception {
    String[] taught = {"run", "./taught.yaml", "--teacher", "./patches.onnx", "--workers"};
    Run here = run("here", with(taught, "0"));
    Run workers = finished("workers", vernier.run(arguments("workers", with(taught, "2"))));
    assertThat(here.record().teachers()).containsOnlyKeys("*");
    assertThat(here.record().teachers().get("*").hash())
        .isEqualTo(Sha256.ofFile(folder.resolve("patches.onnx")));
    assertThat(workers.record().teachers()).isEqualTo(here.record().teachers());
    assertThat(here.record().floor()).isEqualTo("VQ-LC");
    assertThat(here.cells())
        .hasSize(2)
        .allSatisfy(
            cell ->
                assertThat(cell.metrics())
                    .containsKeys("rfid", "psnr")
                    .doesNotContainKey("inception_score"));
    for (int i = 0; i < 2; i++) {
      Cell cell = here.cells().get(i);
      assertThat(workers.cells().get(i).id()).isEqualTo(cell.id());
      assertThat(workers.cells().get(i).metrics()).isEqualTo(cell.metrics());
    }
    Cell dual = here.cells().get(1);
    assertThat(log(here, dual)).hasSize(4).allMatch(line -> line.contains("semantic-represent"));

    Run other = run("other", with(taught, "0", "--set", "teacher.normalization=none"));
    assertThat(other.cells().get(1).id()).isNotEqualTo(dual.id());
    assertThat(log(other, other.cells().get(1))).isNotEqualTo(log(here, dual));
    assertThat(log(other, other.cells().get(0))).isNotEqualTo(log(here, here.cells().get(0)));
  }

  @Test
  void train_withATeacherForEachBranch_teachesBoth() throws Exception {
    Run run =
        run(
            "run",
            "train",
            "--tokenizer",
            "fqgan-dual",
            "--teacher",
            "visual=./patches.onnx",
            "--teacher",
            "semantic=./global.onnx",
            "--set",
            "teacher.semantic.side=16",
            "--set",
            "teacher.semantic.normalization=clip",
            "--set",
            "representation-weight=0.5");
    assertThat(run.record().teachers().get("visual").name()).isEqualTo("onnx-imagenet-32");
    assertThat(run.record().teachers().get("semantic").name()).isEqualTo("onnx-clip-16");
    assertThat(log(run, run.cells().get(0)))
        .allMatch(line -> line.contains("visual-rep") && line.contains("semantic-rep"));
    assertThat(folder.resolve("run/report/index.html"))
        .content()
        .contains("Teacher of semantic", "onnx-clip-16");
  }
}
