package dev.vernier.tokenizers.lfq;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import org.nd4j.autodiff.samediff.SDVariable;

/** Upsampling by a convolution to four times the channels, which become two by two positions. */
final class DepthToSpace {
  private DepthToSpace() {}

  /** Doubles height and width. */
  static FeatureMap up(String name, FeatureMap x) {
    FeatureMap wide = Convolution.apply(name, x, 4 * x.channels(), 3);
    return new FeatureMap(
        x.graph(), spread(wide), x.batch(), 2 * x.height(), 2 * x.width(), x.channels());
  }

  /** Channel {@code (2 i + j) * channels + c} becomes row i, column j of channel c. */
  static SDVariable spread(FeatureMap wide) {
    int channels = wide.channels() / 4;
    return wide.value()
        .reshape(wide.batch(), wide.height(), wide.width(), 2, 2, channels)
        .permute(0, 1, 3, 2, 4, 5)
        .reshape(wide.batch(), 2 * wide.height(), 2 * wide.width(), channels);
  }
}
