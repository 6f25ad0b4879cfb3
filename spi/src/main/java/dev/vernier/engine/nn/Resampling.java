package dev.vernier.engine.nn;

import dev.vernier.engine.onednn.UpsampleKernel;
import org.nd4j.autodiff.samediff.SDVariable;

/** Halving and doubling of a map's side. */
public final class Resampling {
  private Resampling() {}

  /**
   * A convolution with stride 2, padded on the right and at the bottom only; parameters under
   * {@code name.conv}.
   */
  public static FeatureMap down(String name, FeatureMap x) {
    return Convolution.strided(name + ".conv", x, x.channels(), 3, 2);
  }

  /** Nearest-neighbour doubling, then a convolution; parameters under {@code name.conv}. */
  public static FeatureMap up(String name, FeatureMap x) {
    SDVariable doubled =
        x.graph()
            .fused(
                "upsample",
                new UpsampleKernel(),
                // With one factor for both sides ND4J 1.0.0-M2.1 leaves the layout unset, and the
                // operation has no output shape.
                in -> in[0].getSameDiff().cnn().upsampling2d(in[0], 2, 2, true),
                x.value());
    return Convolution.apply(
        name + ".conv",
        new FeatureMap(x.graph(), doubled, x.batch(), x.channels(), 2 * x.side()),
        x.channels(),
        3);
  }
}
