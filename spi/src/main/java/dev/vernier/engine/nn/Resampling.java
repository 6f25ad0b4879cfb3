package dev.vernier.engine.nn;

import dev.vernier.engine.program.Window;
import dev.vernier.engine.program.operations.Upsample;

/** Halving and doubling of a map's height and width. */
public final class Resampling {
  private Resampling() {}

  /**
   * A convolution with stride 2, padded on the right and at the bottom only; parameters under
   * {@code name.conv}.
   */
  public static FeatureMap down(String name, FeatureMap x) {
    return Convolution.apply(name + ".conv", x, x.channels(), Window.halving(3));
  }

  /** Nearest-neighbour doubling, then a convolution; parameters under {@code name.conv}. */
  public static FeatureMap up(String name, FeatureMap x) {
    FeatureMap doubled =
        new FeatureMap(
            x.graph(),
            x.graph().apply(new Upsample(), x.value()),
            x.batch(),
            2 * x.height(),
            2 * x.width(),
            x.channels());
    return Convolution.apply(name + ".conv", doubled, x.channels(), 3);
  }
}
