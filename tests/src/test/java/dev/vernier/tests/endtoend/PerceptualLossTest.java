package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.tests.features.LpipsFiles;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that trains with LPIPS. */
class PerceptualLossTest {
  private static final String EXPERIMENT =
      """
      name: small
      title: A small tokenizer
      scales:
        quick: {steps: 2, seeds: 1, trunk-steps: 0}
      methods:
        - method: VQGAN
          tokenizer: vqgan
      """;

  @TempDir Path folder;
  private Program vernier;
  private List<String> command;

  @BeforeEach
  void prepare() throws Exception {
    vernier = new Program(folder);
    LpipsFiles.write(LpipsFiles.Backbone.VGG, folder);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    Files.writeString(folder.resolve("small.yaml"), EXPERIMENT);
    String data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 40, 20);
    command = new ArrayList<>(List.of("run", "./small.yaml", "--data", data));
    command.addAll(
        Program.set(
            "channels=8",
            "z-channels=16",
            "groups=4",
            "codebook-size=8",
            "batch-size=4",
            "bootstrap=0",
            "features=onnx",
            "features.file=./scorer.onnx",
            "perceptual.weights=./vgg.safetensors",
            "perceptual.linear=./vgg-linear.safetensors"));
  }

  private Outcome runHere(String... more) {
    return vernier.runHere(arguments(more));
  }

  private List<String> arguments(String... more) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Cell finished(Outcome outcome, String out) throws Exception {
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ResultFiles.read(folder.resolve(out)).cells().get(0);
  }

  @Test
  void run_saysWhatItWasTrainedOn_andRefusesOtherFilesLater() throws Exception {
    Cell cell = finished(runHere("--out", "./one", "--workers", "0"), "one");
    assertThat(cell.notes()).noneMatch(note -> note.contains("trained on"));
    Path log = folder.resolve("one/cells").resolve(cell.id()).resolve("log.jsonl");
    assertThat(Files.readAllLines(log)).hasSize(2).allMatch(line -> line.contains("perceptual"));
    Run run = ResultFiles.read(folder.resolve("one"));
    assertThat(run.record().shared().get("perceptual distance"))
        .matches("lpips\\.vgg\\.v0\\.1 [0-9a-f]{64}");

    LpipsFiles.writeLinear(LpipsFiles.Backbone.VGG, folder.resolve("vgg-linear.safetensors"), 3);
    Outcome other = runHere("--out", "./one", "--workers", "0", "--resume");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.complaints())
        .singleElement()
        .asString()
        .contains("other nets (perceptual distance)");
  }

  @Test
  void run_inAWorkerProcess_trainsWithItToo_andNotesThatLpipsWasTrainedOn() throws Exception {
    Cell cell =
        finished(
            vernier.run(
                arguments(
                    "--out",
                    "./workers",
                    "--workers",
                    "1",
                    "--set",
                    "lpips.backbone=vgg",
                    "--set",
                    "lpips.weights=./vgg.safetensors",
                    "--set",
                    "lpips.linear=./vgg-linear.safetensors")),
            "workers");
    assertThat(cell.metrics()).containsKey("lpips");
    assertThat(cell.notes()).anyMatch(note -> note.startsWith("LPIPS was trained on"));
  }
}
