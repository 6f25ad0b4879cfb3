package dev.vernier.tokenizers.vq;

import dev.vernier.spi.UsageException;
import dev.vernier.weights.WeightFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checkpoints that the authors of VQGAN-LC published: the state of {@code VQModel} in their
 * repository (zh460045050/VQGAN-LC, {@code vqgan-gpt-lc/models/models_vq.py}), below {@code model}
 * or {@code state_dict} as {@code util/misc.py} saves it. Encoder and decoder are those of Taming
 * Transformers; their configurations ask for attention at 16 x 16 positions, which is the lowest
 * level at f 16, and none at f 8. The state holds the codebook, and the discriminator and LPIPS
 * that it was trained with.
 */
final class VqganLc {
  private static final String EMBEDDING = "tok_embeddings.weight";
  private static final Map<String, String> PARAMETERS =
      Map.of(
          EMBEDDING,
          ProjectedQuantizer.EMBEDDING,
          "codebook_projection.weight",
          ProjectedQuantizer.PROJECTION_WEIGHT,
          "codebook_projection.bias",
          ProjectedQuantizer.PROJECTION_BIAS);

  /** The last two keep moving averages of a codebook. */
  private static final List<String> TRAINING_ONLY =
      List.of("discriminator.", "perceptual_loss.", "cluster_size", "embed_avg");

  /** The authors' code brings encodings of this dimension, and of no other, to unit length. */
  private static final long NORMALIZED_DIMENSION = 768;

  private VqganLc() {}

  /** The parameter that an array holds; empty where it serves training alone. */
  static Optional<String> parameter(String array) {
    return TRAINING_ONLY.stream().anyMatch(array::startsWith)
        ? Optional.empty()
        : Optional.of(PARAMETERS.getOrDefault(array, array));
  }

  /**
   * The settings by which a checkpoint has to be loaded; empty where it is none.
   *
   * @throws UsageException if it is one that cannot be loaded
   */
  static Map<String, String> settings(WeightFile file) {
    if (!file.names().contains(EMBEDDING)) {
      return Map.of();
    }
    long dimension = file.shape("quant_conv.weight", 4)[0];
    if (dimension == NORMALIZED_DIMENSION) {
      throw new UsageException(
          "VQGAN-LC normalizes encodings of dimension "
              + NORMALIZED_DIMENSION
              + ", which vq-lc does not: give a checkpoint of another dimension, such as the"
              + " published ones of 4 and 8");
    }
    boolean attention =
        file.names().stream()
            .anyMatch(name -> name.startsWith("encoder.conv_blocks.") && name.contains(".attn."));
    return Map.of(
        "codebook-size", String.valueOf(file.shape(EMBEDDING, 2)[0]),
        "code-dimension", String.valueOf(dimension),
        "level-attention", String.valueOf(attention));
  }

  /** Dimension D of a codebook's entries, in a published file or one of our own. */
  static int entryDimension(WeightFile file) {
    boolean published = file.names().contains(EMBEDDING);
    return (int) file.shape(published ? EMBEDDING : ProjectedQuantizer.EMBEDDING, 2)[1];
  }
}
