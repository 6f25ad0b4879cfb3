package dev.vernier.engine.nn;

import dev.vernier.engine.onednn.GroupNormKernel;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
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
    SDVariable y =
        graph.fused(
            swish ? "group_norm_swish" : "group_norm",
            new GroupNormKernel(x.batch(), x.channels(), x.area(), groups, EPSILON, swish),
            in -> composed(x, groups, swish, in),
            x.value(),
            weight,
            bias);
    return x.with(y);
  }

  private static SDVariable composed(FeatureMap x, int groups, boolean swish, SDVariable... in) {
    SDVariable grouped = in[0].reshape(x.batch(), groups, x.channels() / groups * x.area());
    SDVariable centered = grouped.sub(grouped.mean(true, 2));
    SDVariable deviation =
        x.graph().sameDiff().math().sqrt(centered.mul(centered).mean(true, 2).add(EPSILON));
    SDVariable normal =
        centered.div(deviation).reshape(x.batch(), x.channels(), x.side(), x.side());
    SDVariable y =
        normal.mul(in[1].reshape(1, x.channels(), 1, 1)).add(in[2].reshape(1, x.channels(), 1, 1));
    return swish ? y.mul(x.graph().sameDiff().nn().sigmoid(y)) : y;
  }
}
