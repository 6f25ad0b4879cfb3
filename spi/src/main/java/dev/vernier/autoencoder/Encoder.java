package dev.vernier.autoencoder;

import dev.vernier.engine.nn.AttentionBlock;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.GroupNormalization;
import dev.vernier.engine.nn.Resampling;
import dev.vernier.engine.nn.ResidualBlock;
import java.util.List;

/** The encoder of VQGAN, parameters named as LlamaGen names them. */
public final class Encoder {
  private Encoder() {}

  /**
   * The trunk: from images to features of the code grid, up to and including the middle blocks.
   *
   * @param levelAttention whether attention follows the residual blocks of the last level
   * @param images of three channels
   */
  static FeatureMap trunk(AutoencoderSettings settings, boolean levelAttention, FeatureMap images) {
    int groups = settings.groups();
    List<Integer> multipliers = settings.multipliers();
    FeatureMap h = Convolution.apply("encoder.conv_in", images, settings.channels(), 3);
    for (int level = 0; level < multipliers.size(); level++) {
      String name = "encoder.conv_blocks." + level;
      boolean last = level == multipliers.size() - 1;
      for (int block = 0; block < settings.residualBlocks(); block++) {
        h =
            ResidualBlock.apply(
                name + ".res." + block, h, settings.channels() * multipliers.get(level), groups);
        h = last && levelAttention ? AttentionBlock.apply(name + ".attn." + block, h, groups) : h;
      }
      h = last ? h : Resampling.down(name + ".downsample", h);
    }
    return middle("encoder.mid", h, groups);
  }

  /** The head: normalization, swish and a convolution to {@code channels}. */
  public static FeatureMap head(AutoencoderSettings settings, FeatureMap trunk, int channels) {
    FeatureMap h = GroupNormalization.thenSwish("encoder.norm_out", trunk, settings.groups());
    return Convolution.apply("encoder.conv_out", h, channels, 3);
  }

  static FeatureMap middle(String name, FeatureMap x, int groups) {
    FeatureMap h = ResidualBlock.apply(name + ".0", x, x.channels(), groups);
    h = AttentionBlock.apply(name + ".1", h, groups);
    return ResidualBlock.apply(name + ".2", h, h.channels(), groups);
  }
}
