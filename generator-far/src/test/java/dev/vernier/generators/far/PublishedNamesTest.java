package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints whose names and shapes are written down from the classes of LlamaGen and FAR, not
 * taken from a model of ours: both save their state dict as {@code model}, without the rotary table
 * and without caches, and beside it that of the optimizer.
 */
@Tag("numerics")
class PublishedNamesTest {
  /**
   * GPT-B of LlamaGen, with 2 of its 12 layers, 144 of its 768 channels, 32 of its 16,384 codes and
   * 5 of its 1,000 classes. Two thirds of four times 144 are 384, and 512 the next multiple of 256.
   */
  private static final String LLAMAGEN =
      """
      tok_embeddings.weight 32 144
      cls_embedding.embedding_table.weight 6 144
      layers.0.attention.wqkv.weight 432 144
      layers.0.attention.wo.weight 144 144
      layers.0.feed_forward.w1.weight 512 144
      layers.0.feed_forward.w3.weight 512 144
      layers.0.feed_forward.w2.weight 144 512
      layers.0.attention_norm.weight 144
      layers.0.ffn_norm.weight 144
      layers.1.attention.wqkv.weight 432 144
      layers.1.attention.wo.weight 144 144
      layers.1.feed_forward.w1.weight 512 144
      layers.1.feed_forward.w3.weight 512 144
      layers.1.feed_forward.w2.weight 144 512
      layers.1.attention_norm.weight 144
      layers.1.ffn_norm.weight 144
      norm.weight 144
      output.weight 32 144
      """;

  /** FAR-B for two sub-codebooks, cut down likewise: a layer, a block of the head, 64 channels. */
  private static final String FAR =
      """
      cls_embedding.embedding_table.weight 6 64
      tok_embeddings_1.weight 32 64
      tok_embeddings_2.weight 32 64
      aggregation_layer.weight 64 128
      aggregation_layer.bias 64
      layers.0.attention.wqkv.weight 192 64
      layers.0.attention.wo.weight 64 64
      layers.0.feed_forward.w1.weight 256 64
      layers.0.feed_forward.w3.weight 256 64
      layers.0.feed_forward.w2.weight 64 256
      layers.0.attention_norm.weight 64
      layers.0.ffn_norm.weight 64
      ar_head.0.attention.wqkv.weight 192 64
      ar_head.0.attention.wo.weight 64 64
      ar_head.0.feed_forward.w1.weight 256 64
      ar_head.0.feed_forward.w3.weight 256 64
      ar_head.0.feed_forward.w2.weight 64 256
      ar_head.0.attention_norm.weight 64
      ar_head.0.ffn_norm.weight 64
      norm.weight 64
      output_1.weight 32 64
      output_2.weight 32 64
      """;

  private static final int SIDE = 4;
  private static final int CODES = 32;

  @TempDir private Path folder;

  /** Arrays of numbers that follow from their names. */
  private static Map<String, Safetensors.Tensor> arrays(String names) {
    Map<String, Safetensors.Tensor> arrays = new LinkedHashMap<>();
    for (String line : names.lines().toList()) {
      String[] parts = line.split(" ", -1);
      long[] shape = Arrays.stream(parts).skip(1).mapToLong(Long::parseLong).toArray();
      arrays.put(parts[0], new Safetensors.Tensor(shape, random(shape, parts[0].hashCode())));
    }
    return arrays;
  }

  private static float[] random(long[] shape, long seed) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Random random = new Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.2 * random.nextGaussian());
    }
    return values;
  }

  private Generator load(
      GeneratorProvider provider, Map<String, String> sizes, Map<String, Safetensors.Tensor> arrays)
      throws IOException {
    Map<String, Safetensors.Tensor> model = new LinkedHashMap<>();
    arrays.forEach((name, array) -> model.put("model." + name, array));
    model.put("optimizer.state.0.exp_avg", new Safetensors.Tensor(new long[] {2}, new float[2]));
    Path file = folder.resolve("published.safetensors");
    Safetensors.write(file, model, Map.of());
    Map<String, String> given = new HashMap<>(sizes);
    given.put("published-grid", String.valueOf(SIDE));
    return provider.load(Settings.of(provider.settings(), given), file);
  }

  private static Tokens tokens(List<SubCodebook> codebooks, int batch) {
    int[] indices =
        new Random(8).ints((long) batch * codebooks.size() * SIDE * SIDE, 0, CODES).toArray();
    return new Tokens(indices, batch, codebooks, SIDE, SIDE);
  }

  @Test
  void llamaGen_saysWhatItsPaperSays() throws IOException {
    Map<String, Safetensors.Tensor> arrays = arrays(LLAMAGEN);
    Map<String, String> sizes = Map.of("width", "144", "layers", "2", "heads", "12");
    int[] labels = {4, 1, 5};
    try (Generator generator = load(new FarLinearProvider(), sizes, arrays)) {
      assertThat(generator.spec().subCodebooks()).containsExactly(new SubCodebook("code", CODES));
      assertThat(generator.spec().classes()).isEqualTo(5);
      assertThat(generator.spec().parameters())
          .isEqualTo(arrays.values().stream().mapToLong(each -> each.values().get().length).sum());
      Tokens tokens = tokens(generator.spec().subCodebooks(), labels.length);
      double[][] bits = generator.bits(tokens, labels);
      PlainLlama plain = new PlainLlama(matrices(arrays), 2, 12, SIDE);
      int[] all = tokens.toArray();
      int each = SIDE * SIDE;
      for (int i = 0; i < labels.length; i++) {
        double expected = plain.bits(labels[i], Arrays.copyOfRange(all, i * each, (i + 1) * each));
        assertThat(bits[i]).containsExactly(new double[] {expected}, within(1e-3));
      }
    }
  }

  private static Map<String, double[][]> matrices(Map<String, Safetensors.Tensor> arrays) {
    Map<String, double[][]> matrices = new HashMap<>();
    arrays.forEach(
        (name, array) -> {
          int columns = (int) array.shape()[array.shape().length - 1];
          float[] values = array.values().get();
          double[][] matrix = new double[values.length / columns][columns];
          for (int i = 0; i < values.length; i++) {
            matrix[i / columns][i % columns] = values[i];
          }
          matrices.put(name, matrix);
        });
    return matrices;
  }

  /** What each array of FAR is for, its golden case shows. */
  @Test
  void far_usesEveryArray() throws IOException {
    Map<String, Safetensors.Tensor> arrays = arrays(FAR);
    double[][] bits = farBits(arrays);
    for (Map.Entry<String, Safetensors.Tensor> each : arrays.entrySet()) {
      Map<String, Safetensors.Tensor> changed = new LinkedHashMap<>(arrays);
      long[] shape = each.getValue().shape();
      changed.put(each.getKey(), new Safetensors.Tensor(shape, random(shape, 1)));
      double[][] others = farBits(changed);
      for (int i = 0; i < bits.length; i++) {
        double sum = Arrays.stream(bits[i]).sum();
        assertThat(Math.abs(Arrays.stream(others[i]).sum() - sum))
            .as(each.getKey())
            .isGreaterThan(0.01);
      }
    }
  }

  private double[][] farBits(Map<String, Safetensors.Tensor> arrays) throws IOException {
    Map<String, String> sizes =
        Map.of("width", "64", "layers", "1", "heads", "16", "head-layers", "1");
    try (Generator generator = load(new FarProvider(), sizes, arrays)) {
      return generator.bits(tokens(generator.spec().subCodebooks(), 2), new int[] {0, 3});
    }
  }
}
