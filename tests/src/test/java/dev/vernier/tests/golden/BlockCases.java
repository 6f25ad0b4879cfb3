package dev.vernier.tests.golden;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.AttentionBlock;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.Resampling;
import dev.vernier.engine.nn.ResidualBlock;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/** The blocks of encoder and decoder, with the gradients of their input and parameters. */
public final class BlockCases {
  private static final int GROUPS = 32;

  private BlockCases() {}

  static Map<String, GoldenHandler> handlers() {
    return Map.of(
        "block_attn",
        golden ->
            check(golden, x -> AttentionBlock.apply("block", x, groups(golden)).channelsFirst()),
        "block_resnet",
        golden -> check(golden, x -> residual(golden, x).channelsFirst()),
        "block_resnet_shortcut",
        golden -> check(golden, x -> residual(golden, x).channelsFirst()),
        "block_downsample",
        golden -> check(golden, x -> Resampling.down("block", x).channelsFirst()),
        "block_upsample",
        golden -> check(golden, x -> Resampling.up("block", x).channelsFirst()));
  }

  private static int groups(GoldenCase golden) {
    return golden.count("groups", GROUPS);
  }

  private static FeatureMap residual(GoldenCase golden, FeatureMap x) {
    return ResidualBlock.apply("block", x, golden.count("out_channels"), groups(golden));
  }

  /**
   * Checks a block's output, the gradient of its input and those of its parameters.
   *
   * @param block its parameters begin with {@code block.}
   */
  public static void check(GoldenCase golden, Function<FeatureMap, SDVariable> block)
      throws IOException {
    int[] shape = golden.array("x").shape();
    Graph graph = new Graph();
    SDVariable input = graph.input("x", shape[0], shape[1], shape[2], shape[3]);
    SDVariable output = block.apply(FeatureMap.ofInput(graph, input));
    SDVariable weight = graph.input("upstream", longs(golden.array("upstream").shape()));
    SDVariable loss = output.mul(weight).sum();
    try (Parameters parameters = Parameters.initialize(graph, 1);
        Execution training =
            Executors.chosen().compile(Program.training(graph, loss, output), parameters);
        Execution backward =
            Executors.chosen().compile(Program.inputGradient(graph, loss, input), parameters)) {
      load(golden, parameters);
      for (Execution each : List.of(training, backward)) {
        each.set(input, golden.tensor("x"));
        each.set(weight, golden.tensor("upstream"));
        each.run();
      }
      golden.expect("y", training.floats(output));
      for (String name : golden.gradients()) {
        golden.expectGradient(name, Floats.all(parameters.gradient("block." + name)));
      }
      golden.expect("grad_x", backward.gradient(input));
    }
  }

  private static void load(GoldenCase golden, Parameters parameters) throws IOException {
    try (WeightFile weights = WeightFile.open(golden.file("weights.safetensors"))) {
      for (String name : weights.names()) {
        float[] values = weights.read(name);
        Floats.of(parameters.get("block." + name)).write(0, values, values.length);
      }
    }
  }

  private static long[] longs(int[] shape) {
    long[] longs = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      longs[i] = shape[i];
    }
    return longs;
  }
}
