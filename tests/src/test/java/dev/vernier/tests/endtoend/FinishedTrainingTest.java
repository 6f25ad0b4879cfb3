package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.Phase;
import dev.vernier.records.ResultFiles;
import dev.vernier.tests.onnx.PatchNet;
import dev.vernier.weights.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer that has learned all it will before its steps are made. */
class FinishedTrainingTest {
  @TempDir Path folder;
  private Program vernier;
  private List<String> command;
  private Path run;

  @BeforeEach
  void prepare() throws Exception {
    vernier = new Program(folder);
    run = folder.resolve("run");
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    String data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 16, 8);
    command =
        new ArrayList<>(
            List.of("train", "--tokenizer", "lbg", "--data", data, "--out", "./run", "--resume"));
    command.addAll(
        Program.set(
            "codebook-size=8",
            "iterations=3",
            "steps=50",
            "batch-size=4",
            "bootstrap=0",
            "features=onnx",
            "features.file=./scorer.onnx"));
  }

  private Outcome train() throws Exception {
    Outcome outcome = vernier.runHere(command);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private Cell cell() throws Exception {
    return ResultFiles.read(run).cells().get(0);
  }

  private static Phase training(Cell cell) {
    return cell.phases().stream().filter(each -> each.name().equals("train")).findFirst().get();
  }

  @Test
  void training_endsEarly_andCountsTheStepsItMade() throws Exception {
    assertThat(train().err()).contains("train lbg 8, seed 1: 3 of 3");
    Cell cell = cell();
    Path inside = ResultFiles.cellFolder(run, cell.id());
    assertThat(Files.readAllLines(inside.resolve("log.jsonl"))).hasSize(3);
    assertThat(training(cell).images()).isEqualTo(3 * 4);
  }

  @Test
  void training_thatWasFinishedWhenItStopped_isTakenUpAsItIs() throws Exception {
    train();
    Cell cell = cell();
    Path state = ResultFiles.cellFolder(run, cell.id()).resolve("state");
    float[] codes = new float[8 * 48];
    Path checkpoint = Files.createDirectories(state.resolve("step-000000003"));
    Files.writeString(checkpoint.resolve("position.json"), "{\"step\": 3, \"seconds\": 7}");
    Safetensors.write(
        checkpoint.resolve("training.safetensors"),
        Map.of("codebook", new Safetensors.Tensor(new long[] {8, 3, 4, 4}, codes)),
        Map.of("image-size", "32", "iteration", "3"));
    Files.delete(ResultFiles.cellFile(run, cell.id()));

    train();
    Phase resumed = training(cell());
    assertThat(resumed.images()).isEqualTo(3 * 4);
    assertThat(resumed.seconds()).isBetween(7.0, 8.0);
    Path weights = state.resolve("tokenizer/weights.safetensors");
    try (Safetensors file = Safetensors.open(weights)) {
      assertThat(file.read("codebook")).isEqualTo(codes);
    }
  }
}
