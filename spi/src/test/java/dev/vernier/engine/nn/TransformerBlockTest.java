package dev.vernier.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import org.junit.jupiter.api.Test;

class TransformerBlockTest {
  private static final int WIDTH = 32;

  private static float largest(Parameters parameters, String name) {
    float largest = 0;
    for (float each : Floats.all(parameters.get("block." + name))) {
      largest = Math.max(largest, Math.abs(each));
    }
    return largest;
  }

  private static void assertUniform(float largest, double bound) {
    assertThat((double) largest).isBetween(0.95 * bound, bound);
  }

  @Test
  void projections_beginAsThoseOfMultiheadAttention() {
    Graph graph = new Graph();
    new TransformerBlock(graph, 1, 4, WIDTH, 4).apply("block", graph.input("rows", 4, WIDTH));
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      assertUniform(largest(parameters, "attn.in_proj_weight"), Math.sqrt(6.0 / (4 * WIDTH)));
      assertThat(largest(parameters, "attn.in_proj_bias")).isZero();
      assertUniform(largest(parameters, "attn.out_proj.weight"), 1 / Math.sqrt(WIDTH));
      assertThat(largest(parameters, "attn.out_proj.bias")).isZero();
      assertUniform(largest(parameters, "mlp.c_fc.bias"), 1 / Math.sqrt(WIDTH));
    }
  }
}
