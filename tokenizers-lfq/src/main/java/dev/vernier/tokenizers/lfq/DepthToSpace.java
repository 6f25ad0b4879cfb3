package dev.vernier.tokenizers.lfq;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import org.nd4j.autodiff.samediff.SDVariable;

/** Upsampling by a convolution to four times the channels, which become two by two positions. */
final class DepthToSpace {
  private DepthToSpace() {}

  /** Doubles the side. */
  static FeatureMap up(String name, FeatureMap x) {
    FeatureMap wide = Convolution.apply(name, x, 4 * x.channels(), 3);
    return new FeatureMap(
        x.graph(), spread(wide, x.channels()), x.batch(), x.channels(), 2 * x.side());
  }

  /** Channel {@code (2 i + j) * channels + c} becomes row i, column j of channel c. */
  static SDVariable spread(FeatureMap wide, int channels) {
    int side = wide.side();
    return wide.value()
        .reshape(wide.batch(), 2, 2, channels, side, side)
        .permute(0, 3, 4, 1, 5, 2)
        .reshape(wide.batch(), channels, 2 * side, 2 * side);
  }
}
