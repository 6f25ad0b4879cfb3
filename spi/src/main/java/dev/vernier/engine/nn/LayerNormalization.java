package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import org.nd4j.autodiff.samediff.SDVariable;

/** Layer normalization of rows with an affine map, epsilon 1e-5. */
public final class LayerNormalization {
  private static final double EPSILON = 1e-5;

  private LayerNormalization() {}

  /**
   * Normalizes.
   *
   * @param name prefix of {@code .weight} and {@code .bias}, both {@code [width]}
   * @param rows {@code [N, width]}
   */
  public static SDVariable rows(Graph graph, String name, SDVariable rows, int width) {
    SDVariable weight = graph.parameter(name + ".weight", Initializer.constant(1), width);
    SDVariable bias = graph.parameter(name + ".bias", Initializer.constant(0), width);
    SDVariable centered = rows.sub(rows.mean(true, 1));
    SDVariable deviation =
        graph.sameDiff().math().sqrt(centered.mul(centered).mean(true, 1).add(EPSILON));
    return centered.div(deviation).mul(weight.reshape(1, width)).add(bias.reshape(1, width));
  }
}
