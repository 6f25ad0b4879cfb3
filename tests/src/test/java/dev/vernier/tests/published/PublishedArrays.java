package dev.vernier.tests.published;

import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Names and shapes of published checkpoints, written down from the published model code and not
 * from ours; filled with random values.
 */
final class PublishedArrays {
  private static final float SCALE = 0.05f;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final int channels;
  private final List<Integer> multipliers;
  private final int zChannels;
  private final int residualBlocks;

  PublishedArrays(int channels, List<Integer> multipliers, int zChannels) {
    this(channels, multipliers, zChannels, 2);
  }

  /** The same with another number of residual blocks a level of the encoder than VQGAN's. */
  PublishedArrays(int channels, List<Integer> multipliers, int zChannels, int residualBlocks) {
    this.residualBlocks = residualBlocks;
    this.channels = channels;
    this.multipliers = multipliers;
    this.zChannels = zChannels;
  }

  private int width(int level) {
    return channels * multipliers.get(level);
  }

  private int last() {
    return multipliers.size() - 1;
  }

  private void convolution(String name, int out, int in, int size) {
    shapes.put(name + ".weight", new long[] {out, in, size, size});
    shapes.put(name + ".bias", new long[] {out});
  }

  private void linear(String name, int out, int in) {
    shapes.put(name + ".weight", new long[] {out, in});
    shapes.put(name + ".bias", new long[] {out});
  }

  private void norm(String name, int width) {
    shapes.put(name + ".weight", new long[] {width});
    shapes.put(name + ".bias", new long[] {width});
  }

  private void residual(String name, int in, int out) {
    norm(name + ".norm1", in);
    convolution(name + ".conv1", out, in, 3);
    norm(name + ".norm2", out);
    convolution(name + ".conv2", out, out, 3);
    if (in != out) {
      convolution(name + ".nin_shortcut", out, in, 1);
    }
  }

  private void attention(String name, int width) {
    norm(name + ".norm", width);
    for (String part : List.of("q", "k", "v", "proj_out")) {
      convolution(name + "." + part, width, width, 1);
    }
  }

  private void middle(String name, String first, String second, String third) {
    residual(name + first, width(last()), width(last()));
    attention(name + second, width(last()));
    residual(name + third, width(last()), width(last()));
  }

  /** LlamaGen's trunk and decoder, with the encoder's head where there is one head alone. */
  PublishedArrays llamaGenFrame(boolean head) {
    convolution("encoder.conv_in", channels, 3, 3);
    int in = channels;
    for (int level = 0; level <= last(); level++) {
      String name = "encoder.conv_blocks." + level;
      for (int block = 0; block < residualBlocks; block++) {
        residual(name + ".res." + block, in, width(level));
        in = width(level);
        if (level == last()) {
          attention(name + ".attn." + block, in);
        }
      }
      if (level < last()) {
        convolution(name + ".downsample.conv", in, in, 3);
      }
    }
    middle("encoder.mid.", "0", "1", "2");
    if (head) {
      norm("encoder.norm_out", in);
      convolution("encoder.conv_out", zChannels, in, 3);
    }
    convolution("decoder.conv_in", in, zChannels, 3);
    middle("decoder.mid.", "0", "1", "2");
    for (int level = 0; level <= last(); level++) {
      String name = "decoder.conv_blocks." + level;
      int out = width(last() - level);
      for (int block = 0; block < residualBlocks + 1; block++) {
        residual(name + ".res." + block, in, out);
        in = out;
        if (level == 0) {
          attention(name + ".attn." + block, in);
        }
      }
      if (level < last()) {
        convolution(name + ".upsample.conv", in, in, 3);
      }
    }
    norm("decoder.norm_out", in);
    convolution("decoder.conv_out", 3, in, 3);
    return this;
  }

  /** The frame of Taming Transformers, with attention in the lowest level. */
  PublishedArrays tamingFrame() {
    return tamingFrame(true);
  }

  /** The same, attention in the lowest level or in the middle alone. */
  PublishedArrays tamingFrame(boolean levelAttention) {
    convolution("encoder.conv_in", channels, 3, 3);
    int in = channels;
    for (int level = 0; level <= last(); level++) {
      String name = "encoder.down." + level;
      for (int block = 0; block < residualBlocks; block++) {
        residual(name + ".block." + block, in, width(level));
        in = width(level);
        if (level == last() && levelAttention) {
          attention(name + ".attn." + block, in);
        }
      }
      if (level < last()) {
        convolution(name + ".downsample.conv", in, in, 3);
      }
    }
    middle("encoder.mid.", "block_1", "attn_1", "block_2");
    norm("encoder.norm_out", in);
    convolution("encoder.conv_out", zChannels, in, 3);
    convolution("decoder.conv_in", in, zChannels, 3);
    middle("decoder.mid.", "block_1", "attn_1", "block_2");
    for (int level = last(); level >= 0; level--) {
      String name = "decoder.up." + level;
      for (int block = 0; block < residualBlocks + 1; block++) {
        residual(name + ".block." + block, in, width(level));
        in = width(level);
        if (level == last() && levelAttention) {
          attention(name + ".attn." + block, in);
        }
      }
      if (level > 0) {
        convolution(name + ".upsample.conv", in, in, 3);
      }
    }
    norm("decoder.norm_out", in);
    convolution("decoder.conv_out", 3, in, 3);
    return this;
  }

  private void plainConvolution(String name, int out, int in, int size) {
    shapes.put(name + ".weight", new long[] {out, in, size, size});
  }

  private void plainResidual(String name, int in, int out) {
    norm(name + ".norm1", in);
    norm(name + ".norm2", out);
    plainConvolution(name + ".conv1", out, in, 3);
    plainConvolution(name + ".conv2", out, out, 3);
    if (in != out) {
      plainConvolution(name + ".nin_shortcut", out, in, 1);
    }
  }

  /** Open-MAGVIT2 for images, with four residual blocks a level. */
  PublishedArrays openMagvit() {
    int blocks = 4;
    plainConvolution("encoder.conv_in", channels, 3, 3);
    int in = channels;
    for (int level = 0; level <= last(); level++) {
      for (int block = 0; block < blocks; block++) {
        plainResidual("encoder.down." + level + ".block." + block, in, width(level));
        in = width(level);
      }
      if (level < last()) {
        convolution("encoder.down." + level + ".downsample", in, in, 3);
      }
    }
    for (int block = 0; block < blocks; block++) {
      plainResidual("encoder.mid_block." + block, in, in);
      plainResidual("decoder.mid_block." + block, in, in);
    }
    norm("encoder.norm_out", in);
    convolution("encoder.conv_out", zChannels, in, 1);
    convolution("decoder.conv_in", in, zChannels, 3);
    for (int level = last(); level >= 0; level--) {
      linear("decoder.adaptive." + level + ".gamma", in, zChannels);
      linear("decoder.adaptive." + level + ".beta", in, zChannels);
      for (int block = 0; block < blocks; block++) {
        plainResidual("decoder.up." + level + ".block." + block, in, width(level));
        in = width(level);
      }
      if (level > 0) {
        convolution("decoder.up." + level + ".upsample.conv1", 4 * in, in, 3);
      }
    }
    norm("decoder.norm_out", in);
    convolution("decoder.conv_out", 3, in, 3);
    return this;
  }

  /** Lightning's moving averages of all arrays so far. */
  PublishedArrays averages() {
    Map<String, long[]> averages = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> averages.put("model_ema." + name.replace(".", ""), shape));
    shapes.putAll(averages);
    return with("model_ema.decay", 1).with("model_ema.num_updates", 1);
  }

  /** One quantizer of a frame with one head. */
  PublishedArrays quantizer(int size, int dimension) {
    shapes.put("quantize.embedding.weight", new long[] {size, dimension});
    convolution("quant_conv", dimension, zChannels, 1);
    convolution("post_quant_conv", zChannels, dimension, 1);
    return this;
  }

  /** VQGAN-LC's codebook with its projection; the frame is Taming's. */
  PublishedArrays projectedCodebook(int size, int entryDimension, int dimension) {
    shapes.put("tok_embeddings.weight", new long[] {size, entryDimension});
    linear("codebook_projection", dimension, entryDimension);
    convolution("quant_conv", dimension, zChannels, 1);
    convolution("post_quant_conv", zChannels, dimension, 1);
    return this;
  }

  /** Some of what VQGAN-LC's model has for its training: discriminator, LPIPS, moving averages. */
  PublishedArrays rivalAndLpips() {
    convolution("discriminator.main.0", 64, 3, 4);
    norm("discriminator.main.3", 128);
    shapes.put("discriminator.main.3.running_mean", new long[] {128});
    shapes.put("perceptual_loss.scaling_layer.shift", new long[] {1, 3, 1, 1});
    convolution("perceptual_loss.net.slice1.0", 64, 3, 3);
    shapes.put("perceptual_loss.lin0.model.1.weight", new long[] {1, 64, 1, 1});
    return with("cluster_size", 64).with("embed_avg", 64, 16);
  }

  /** LlamaGen's count of used codes. */
  PublishedArrays codebookUsed(String quantizer) {
    shapes.put(quantizer + ".codebook_used", new long[] {65536});
    return this;
  }

  /** The branches of FQGAN: quantizer's suffix by adapter's name. */
  PublishedArrays branches(Map<String, String> suffixes, int size, int dimension, int layers) {
    int width = width(last());
    long grid = 256 >> last();
    suffixes.forEach(
        (adapter, suffix) -> {
          transformer("encoder." + adapter + ".0", grid * grid, width, layers);
          norm("encoder.norm_out_" + suffix, width);
          convolution("encoder.conv_out_" + suffix, zChannels, width, 3);
          convolution("quant_conv_" + suffix, dimension, zChannels, 1);
          shapes.put("quantize_" + suffix + ".embedding.weight", new long[] {size, dimension});
          codebookUsed("quantize_" + suffix);
        });
    convolution("post_quant_conv", zChannels, dimension * suffixes.size(), 1);
    return this;
  }

  /** FQGAN's prediction head. */
  PublishedArrays predictionHead(String name, int dimension, int width) {
    long grid = 256 >> last();
    linear(name + ".upscale.0", width, dimension);
    linear(name + ".upscale.2", width, width);
    shapes.put(name + ".class_embedding", new long[] {1, width});
    transformer(name, grid * grid + 1, width, 3);
    return this;
  }

  private void transformer(String name, long positions, int width, int layers) {
    shapes.put(name + ".positional_embedding", new long[] {positions, width});
    norm(name + ".ln_pre", width);
    norm(name + ".ln_post", width);
    for (int layer = 0; layer < layers; layer++) {
      String block = name + ".transformer." + layer;
      norm(block + ".ln_1", width);
      norm(block + ".ln_2", width);
      shapes.put(block + ".attn.in_proj_weight", new long[] {3L * width, width});
      shapes.put(block + ".attn.in_proj_bias", new long[] {3L * width});
      linear(block + ".attn.out_proj", width, width);
      linear(block + ".mlp.c_fc", 4 * width, width);
      linear(block + ".mlp.c_proj", width, 4 * width);
    }
  }

  PublishedArrays without(String name) {
    shapes.remove(name);
    return this;
  }

  PublishedArrays with(String name, long... shape) {
    shapes.put(name, shape);
    return this;
  }

  /** Writes the arrays below a prefix. */
  Path write(Path file, String prefix) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          long length = 1;
          for (long side : shape) {
            length *= side;
          }
          float[] values = new float[(int) length];
          for (int i = 0; i < values.length; i++) {
            values[i] = SCALE * (float) random.nextGaussian();
          }
          tensors.put(prefix + name, new Safetensors.Tensor(shape, values));
        });
    Safetensors.write(file, tensors, Map.of());
    return file;
  }
}
