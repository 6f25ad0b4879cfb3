package dev.vernier.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import org.junit.jupiter.api.Test;

class PatchDiscriminatorTest {
  @Test
  void biases_beginAsThoseOfPyTorch() {
    Graph graph = new Graph();
    new PatchDiscriminator(64, 2)
        .training(FeatureMap.ofInput(graph, graph.input("images", 1, 3, 32, 32)));
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      float[] first = Floats.all(parameters.get("main.0.bias"));
      double bound = 1 / Math.sqrt(3 * 4 * 4);
      double largest = 0;
      for (float each : first) {
        largest = Math.max(largest, Math.abs(each));
      }
      assertThat(largest).isBetween(0.9 * bound, bound);
      assertThat(parameters.has("main.2.bias")).as("before a normalization").isFalse();
      assertThat((double) Math.abs(Floats.all(parameters.get("main.8.bias"))[0]))
          .isBetween(0.0, 1 / Math.sqrt(256 * 4 * 4));
      assertThat(Floats.all(parameters.get("main.8.bias"))[0]).isNotZero();
    }
  }
}
