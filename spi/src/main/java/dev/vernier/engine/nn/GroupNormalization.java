package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.operations.GroupNormalize;
import org.nd4j.autodiff.samediff.SDVariable;

/** Group normalization with an affine map, epsilon 1e-6, as Taming Transformers has it. */
public final class GroupNormalization {
  private static final double EPSILON = 1e-6;

  private GroupNormalization() {}

  /**
   * Normalizes.
   *
   * @param name prefix of {@code .weight} and {@code .bias}, both {@code [channels]}
   */
  public static FeatureMap apply(String name, FeatureMap x, int groups) {
    return normalize(name, x, groups, false);
  }

  /** Normalizes and applies swish. */
  public static FeatureMap thenSwish(String name, FeatureMap x, int groups) {
    return normalize(name, x, groups, true);
  }

  private static FeatureMap normalize(String name, FeatureMap x, int groups, boolean swish) {
    Graph graph = x.graph();
    SDVariable weight = graph.parameter(name + ".weight", Initializer.constant(1), x.channels());
    SDVariable bias = graph.parameter(name + ".bias", Initializer.constant(0), x.channels());
    GroupNormalize operation =
        new GroupNormalize(x.batch(), x.height(), x.width(), x.channels(), groups, EPSILON, swish);
    return x.with(graph.apply(operation, x.value(), weight, bias));
  }
}
