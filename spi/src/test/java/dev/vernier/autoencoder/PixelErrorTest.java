package dev.vernier.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

class PixelErrorTest {
  private static void assertMean(PixelError error, double value, float... gradient) {
    Graph graph = new Graph();
    SDVariable pixels = graph.input("pixels", 4);
    SDVariable mean = error.mean(pixels);
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.chosen().compile(Program.inputGradient(graph, mean, pixels, mean), none)) {
      execution.set(pixels, new float[] {1, -2, 0.5f, -0.5f});
      execution.run();
      assertThat(execution.number(mean)).isCloseTo(value, Offset.offset(1e-6));
      assertThat(execution.gradient(pixels)).containsExactly(gradient, Offset.offset(1e-6f));
    }
  }

  @Test
  void errors_areMeansOverAllPixels() {
    assertMean(PixelError.L1, 1, 0.25f, -0.25f, 0.25f, -0.25f);
    assertMean(PixelError.L2, 1.375, 0.5f, -1, 0.25f, -0.25f);
  }
}
