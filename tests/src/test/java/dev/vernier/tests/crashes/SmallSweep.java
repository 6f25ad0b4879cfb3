package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.Program;
import dev.vernier.tests.endtoend.SmallData;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A sweep of seconds with everything that a run can hold: tokenizers, a generator on one of them,
 * samples of it, a report.
 *
 * @param folder holds its data, its net and its experiment
 */
record SmallSweep(Path folder) {
  private static final String EXPERIMENT =
      """
      name: small
      title: A small sweep
      methods:
        - {method: VQ, tokenizer: vqgan}
        - {method: far, on: VQ, generator: far-linear, sampling: {samples: 40}}
        - {method: LFQ, tokenizer: lfq}
      """;

  static SmallSweep in(Path folder) throws Exception {
    SmallData.cifar(folder.resolve("cifar"), 40, 20);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    Files.writeString(folder.resolve("small.yaml"), EXPERIMENT);
    return new SmallSweep(folder);
  }

  /**
   * The command line that runs it, or goes on with it.
   *
   * @param run the folder of the run
   */
  List<String> command(Path run, int workers) {
    List<String> arguments = new ArrayList<>(List.of("run", folder + "/small.yaml"));
    arguments.addAll(List.of("--out", run.toString(), "--resume"));
    arguments.addAll(List.of("--workers", String.valueOf(workers)));
    arguments.addAll(List.of("--data", "cifar10:" + folder.resolve("cifar")));
    arguments.addAll(
        Program.set("features=onnx", "features.file=" + folder.resolve("scorer.onnx")));
    arguments.addAll(Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=8"));
    arguments.addAll(Program.set("batch-size=4", "steps=10", "seeds=1", "trunk-steps=0"));
    arguments.addAll(Program.set("perceptual-weight=0", "bootstrap=4", "checkpoint-seconds=0"));
    arguments.addAll(Program.set("generator.width=16", "generator.layers=1", "generator.heads=2"));
    arguments.addAll(Program.set("generator-steps=20", "generator-batch-size=4"));
    return arguments;
  }
}
