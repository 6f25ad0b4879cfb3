package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two threads add in another order than one does, and in the same order each time. */
class TwoThreadsTest {
  @TempDir Path folder;

  private List<String> train(String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--tokenizer", "vqgan"));
    arguments.addAll(List.of("--data", "cifar10:" + folder.resolve("cifar"), "--out", out));
    arguments.addAll(
        Program.set(
            "channels=16", "z-channels=32", "groups=8", "codebook-size=64", "batch-size=16"));
    arguments.addAll(Program.set("perceptual-weight=0", "steps=6", "bootstrap=20"));
    arguments.addAll(Program.set("features=onnx", "features.file=scorer.onnx"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Cell trained(Program vernier, String out) throws Exception {
    Outcome outcome = vernier.run(train(out));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ResultFiles.read(folder.resolve(out)).cells().get(0);
  }

  private Path weights(String out, Cell cell) {
    return ResultFiles.cellFolder(folder.resolve(out), cell.id())
        .resolve("state/tokenizer/weights.safetensors");
  }

  @Test
  void trainingTwice_givesTheSameBits_andIsNotContinuedByAnotherNumberOfThreads() throws Exception {
    SmallData.cifar(folder.resolve("cifar"), 64, 40);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    Program one = new Program(folder);
    Program two = one.withThreads(2);
    Cell first = trained(two, "first");
    Cell second = trained(two, "second");
    assertThat(second.metrics()).isEqualTo(first.metrics());
    assertThat(weights("second", second)).hasSameBinaryContentAs(weights("first", first));

    Outcome other = one.run(train("first", "--resume"));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.complaints())
        .singleElement()
        .asString()
        .contains("2 threads, not by onednn on CpuBackend, 1 thread (VERNIER_BACKEND, ")
        .endsWith("VERNIER_THREADS): choose another --out");
    assertNotContinued(two, Map.of("VERNIER_BACKEND", "nd4j"), "nd4j");
    assertNotContinued(two, Map.of("VERNIER_MATH", "bf16"), "onednn in bf16");
  }

  private void assertNotContinued(Program vernier, Map<String, String> environment, String executor)
      throws Exception {
    Outcome other = vernier.outcome(vernier.start(train("first", "--resume"), environment));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.complaints())
        .singleElement()
        .asString()
        .contains("computed by onednn on CpuBackend, 2 threads, not by " + executor + " on Cpu");
  }
}
