package dev.vernier.autoencoder;

import dev.vernier.engine.nn.AttentionBlock;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.GroupNormalization;
import dev.vernier.engine.nn.Resampling;
import dev.vernier.engine.nn.ResidualBlock;
import java.util.List;

/**
 * The decoder of VQGAN, parameters named as LlamaGen names them: its levels count from the lowest
 * resolution.
 */
public final class Decoder {
  private Decoder() {}

  /**
   * From the bottleneck's output to images.
   *
   * @param levelAttention whether attention follows the residual blocks of the first level
   * @param z of {@code zChannels} channels
   */
  static Architecture.Decoded decode(
      AutoencoderSettings settings, boolean levelAttention, FeatureMap z) {
    int groups = settings.groups();
    List<Integer> multipliers = settings.multipliers();
    int levels = multipliers.size();
    FeatureMap h =
        Convolution.apply(
            "decoder.conv_in", z, settings.channels() * multipliers.get(levels - 1), 3);
    h = Encoder.middle("decoder.mid", h, groups);
    for (int level = 0; level < levels; level++) {
      String name = "decoder.conv_blocks." + level;
      int width = settings.channels() * multipliers.get(levels - 1 - level);
      for (int block = 0; block <= settings.residualBlocks(); block++) {
        h = ResidualBlock.apply(name + ".res." + block, h, width, groups);
        h =
            level == 0 && levelAttention
                ? AttentionBlock.apply(name + ".attn." + block, h, groups)
                : h;
      }
      h = level == levels - 1 ? h : Resampling.up(name + ".upsample", h);
    }
    h = GroupNormalization.thenSwish("decoder.norm_out", h, groups);
    return new Architecture.Decoded(Convolution.apply("decoder.conv_out", h, 3, 3), h);
  }
}
