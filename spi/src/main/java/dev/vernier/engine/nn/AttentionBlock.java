package dev.vernier.engine.nn;

import dev.vernier.engine.program.operations.Attend;
import org.nd4j.autodiff.samediff.SDVariable;

/** Self-attention with one head over the positions of a map, plus the input. */
public final class AttentionBlock {
  private AttentionBlock() {}

  /**
   * Applies a block.
   *
   * @param name prefix of {@code norm, q, k, v, proj_out}
   */
  public static FeatureMap apply(String name, FeatureMap x, int groups) {
    FeatureMap normal = GroupNormalization.apply(name + ".norm", x, groups);
    SDVariable q = flat(Convolution.apply(name + ".q", normal, x.channels(), 1));
    SDVariable k = flat(Convolution.apply(name + ".k", normal, x.channels(), 1));
    SDVariable v = flat(Convolution.apply(name + ".v", normal, x.channels(), 1));
    Attend attention = new Attend(x.area(), 1 / Math.sqrt(x.channels()), false);
    SDVariable attended =
        x.graph().apply(attention, q, k, v).reshape(x.batch(), x.height(), x.width(), x.channels());
    FeatureMap projected = Convolution.apply(name + ".proj_out", x.with(attended), x.channels(), 1);
    return x.with(x.value().add(projected.value()));
  }

  private static SDVariable flat(FeatureMap map) {
    return map.value().reshape(map.batch(), map.area(), map.channels());
  }
}
