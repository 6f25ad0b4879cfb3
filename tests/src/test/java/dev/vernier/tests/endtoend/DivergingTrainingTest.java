package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learning rate that no training survives. */
class DivergingTrainingTest {
  @TempDir Path folder;

  @Test
  void training_endsWhereItDiverges_andSaysInWhichStep() throws Exception {
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    String data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 64, 8);
    List<String> command =
        new ArrayList<>(List.of("train", "--tokenizer", "lfq", "--data", data, "--out", "./run"));
    command.addAll(
        Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=16", "batch-size=8"));
    command.addAll(
        Program.set("perceptual-weight=0", "features=onnx", "features.file=./scorer.onnx"));
    command.addAll(Program.set("learning-rate=1", "gradient-clip=1000", "warm-up=0", "steps=1000"));
    Outcome outcome = new Program(folder).runHere(command);
    assertThat(outcome.code()).as(outcome.out()).isEqualTo(3);
    assertThat(outcome.out())
        .containsPattern(
            "failed: lfq \\w+: the training diverges: the loss was \\S+ in step 1 and is \\S+ in"
                + " step \\d+; lower the learning rate");
    Cell cell = ResultFiles.read(folder.resolve("run")).cells().get(0);
    assertThat(cell.status()).isEqualTo(Cell.Status.FAILED);
    assertThat(cell.metrics()).isEmpty();
  }
}
