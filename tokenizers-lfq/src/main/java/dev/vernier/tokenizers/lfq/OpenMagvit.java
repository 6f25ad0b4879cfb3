package dev.vernier.tokenizers.lfq;

import dev.vernier.autoencoder.Architecture;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.GroupNormalization;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Window;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The encoder and decoder of Open-MAGVIT2 (Luo et al. 2024) for images: no attention, residual
 * blocks without biases, downsampling with zeros on every side, upsampling by depth to space, and
 * before each level of the decoder a group normalization whose affine map comes from the code.
 * Arrays are named as published, levels in the form that the frame of VQGAN has.
 *
 * @param bits code dimension d, which the encoder gives and the decoder takes without further
 *     layers
 */
record OpenMagvit(int bits) implements Architecture, CodeLayers {
  private static final Window AROUND = Window.keeping(3, 3);

  /** A single position has no deviation to normalize by. */
  @Override
  public int fewestPositions() {
    return 2;
  }

  @Override
  public FeatureMap trunk(AutoencoderSettings settings, FeatureMap images) {
    List<Integer> multipliers = settings.multipliers();
    FeatureMap h = Convolution.withoutBias("encoder.conv_in", images, settings.channels(), AROUND);
    for (int level = 0; level < multipliers.size(); level++) {
      String name = "encoder.conv_blocks." + level;
      int width = settings.channels() * multipliers.get(level);
      h = blocks(settings, name + ".res.", h, width);
      if (level < multipliers.size() - 1) {
        h = Convolution.apply(name + ".downsample", h, width, Window.square(3, 2, 1));
      }
    }
    h = blocks(settings, "encoder.mid_block.", h, h.channels());
    h = GroupNormalization.thenSwish("encoder.norm_out", h, settings.groups());
    return Convolution.apply("encoder.conv_out", h, bits, 1);
  }

  @Override
  public FeatureMap toCodes(FeatureMap trunk) {
    return trunk;
  }

  @Override
  public FeatureMap fromCodes(Graph graph, SDVariable rows, int batch, int height, int width) {
    return FeatureMap.ofRows(graph, rows, batch, height, width, bits);
  }

  @Override
  public Decoded decode(AutoencoderSettings settings, FeatureMap z) {
    List<Integer> multipliers = settings.multipliers();
    int levels = multipliers.size();
    FeatureMap h =
        Convolution.apply(
            "decoder.conv_in", z, settings.channels() * multipliers.get(levels - 1), 3);
    h = blocks(settings, "decoder.mid_block.", h, h.channels());
    for (int level = levels - 1; level >= 0; level--) {
      String name = "decoder.conv_blocks." + (levels - 1 - level);
      h = AdaptiveNormalization.apply("decoder.adaptive." + level, h, z, settings.groups());
      h = blocks(settings, name + ".res.", h, settings.channels() * multipliers.get(level));
      h = level == 0 ? h : DepthToSpace.up(name + ".upsample.conv1", h);
    }
    h = GroupNormalization.thenSwish("decoder.norm_out", h, settings.groups());
    return new Decoded(Convolution.apply("decoder.conv_out", h, 3, 3), h);
  }

  private static FeatureMap blocks(
      AutoencoderSettings settings, String name, FeatureMap x, int width) {
    FeatureMap h = x;
    for (int block = 0; block < settings.residualBlocks(); block++) {
      h = residual(name + block, h, width, settings.groups());
    }
    return h;
  }

  private static FeatureMap residual(String name, FeatureMap x, int out, int groups) {
    FeatureMap h = GroupNormalization.thenSwish(name + ".norm1", x, groups);
    h = Convolution.withoutBias(name + ".conv1", h, out, AROUND);
    h = GroupNormalization.thenSwish(name + ".norm2", h, groups);
    h = Convolution.withoutBias(name + ".conv2", h, out, AROUND);
    FeatureMap shortcut =
        x.channels() == out
            ? x
            : Convolution.withoutBias(name + ".nin_shortcut", x, out, Window.keeping(1, 1));
    return h.with(h.value().add(shortcut.value()));
  }
}
