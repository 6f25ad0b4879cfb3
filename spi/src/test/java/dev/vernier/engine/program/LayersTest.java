package dev.vernier.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.nn.AttentionBlock;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.Resampling;
import dev.vernier.engine.nn.ResidualBlock;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The layers without their kernels, as backends other than the CPU run them. */
class LayersTest {
  private static final int CHANNELS = 8;
  private static final int SIDE = 4;
  private static final int GROUPS = 4;

  private final Graph graph = new Graph();
  private final SDVariable input = graph.input("x", 2, CHANNELS, SIDE, SIDE);
  private final SDVariable loss = network();

  private SDVariable network() {
    FeatureMap h = new FeatureMap(graph, input, 2, CHANNELS, SIDE);
    h = ResidualBlock.apply("block", h, 2 * CHANNELS, GROUPS);
    h = AttentionBlock.apply("attention", h, GROUPS);
    h = Resampling.down("down", h);
    h = Resampling.up("up", h);
    return h.value().mul(h.value()).mean("loss");
  }

  @Test
  void gradients_areTheSameWithAndWithoutKernels() {
    INDArray x = Nd4j.rand(DataType.FLOAT, 2, CHANNELS, SIDE, SIDE);
    try (Parameters parameters = Parameters.initialize(graph, 7);
        INDArray composed = gradients(parameters, x, false);
        INDArray kernels = gradients(parameters, x, true)) {
      double norm = composed.norm2Number().doubleValue();
      assertThat(norm).isPositive();
      assertThat(kernels.sub(composed).norm2Number().doubleValue()).isLessThan(1e-5 * norm);
    }
  }

  private INDArray gradients(Parameters parameters, INDArray x, boolean kernels) {
    try (Plan plan = Plan.training(graph, parameters, kernels, loss)) {
      plan.set(input, x);
      plan.run();
      return parameters.gradients().dup();
    }
  }
}
