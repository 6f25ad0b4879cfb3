package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.Architecture;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import java.util.List;

/**
 * The settings of VQGAN-LC's quantizer.
 *
 * @param size number of entries K
 * @param dimension of a projected entry, d
 * @param source where the entries come from
 * @param trained whether the entries are trained, and not only their projection
 * @param fitted whether the projection begins fitted to the first batch's encodings
 * @param projectionWeight weight of the loss that moves projected entries to encodings
 * @param commitmentWeight weight of the loss that moves encodings to projected entries
 * @param levelAttention whether attention follows the residual blocks of the lowest resolution
 */
record VqLcSettings(
    int size,
    int dimension,
    Source source,
    boolean trained,
    boolean fitted,
    double projectionWeight,
    double commitmentWeight,
    boolean levelAttention) {
  private static final Setting<Integer> SIZE =
      Setting.integer(
          "codebook-size", 1024, 1, 1 << 20, "number of codebook entries K; paper 100000");
  private static final Setting<Integer> DIMENSION =
      Setting.integer(
          "code-dimension", 8, 1, 4096, "dimension d the entries are projected to; paper 8");
  private static final Setting<String> CODEBOOK =
      Setting.choice(
          "codebook",
          "features-frozen",
          List.of("features-frozen", "features-trained", "random-frozen", "random-trained"),
          "entries: cluster centres of a teacher's features or random numbers, frozen or"
              + " trained; always projected; paper features-frozen");
  private static final Setting<String> INITIALIZATION =
      Setting.choice(
          "projection-initialization",
          "fitted",
          List.of("normal", "fitted"),
          "of the projection: normal numbers as in the paper, or fitted to the first batches, so"
              + " that projected entries lie near encodings");
  private static final Setting<Double> PROJECTION_WEIGHT =
      Setting.number(
          "projection-weight",
          0.33,
          0,
          100,
          "weight of the loss that moves projected entries to encodings; paper 0.33, which the"
              + " published training multiplies by 0.1");
  private static final Setting<Double> COMMITMENT_WEIGHT =
      Setting.number(
          "commitment-weight",
          1,
          0,
          100,
          "weight of the commitment loss; paper 1, which the published training multiplies by 0.1");
  private static final Setting<Boolean> LEVEL_ATTENTION =
      Setting.flag(
          "level-attention",
          true,
          "attention after each residual block of the lowest resolution, besides the middle; paper"
              + " true at f 16, false at f 8");

  /** What the entries are before training. */
  enum Source {
    /** Cluster centres of a frozen vision model's patch features. */
    FEATURES,
    /** Uniform in plus or minus 1/K, of dimension d. */
    RANDOM
  }

  static List<Setting<?>> all() {
    return List.of(
        SIZE,
        DIMENSION,
        CODEBOOK,
        INITIALIZATION,
        PROJECTION_WEIGHT,
        COMMITMENT_WEIGHT,
        LEVEL_ATTENTION);
  }

  static VqLcSettings of(Settings settings) {
    String codebook = settings.get(CODEBOOK);
    return new VqLcSettings(
        settings.get(SIZE),
        settings.get(DIMENSION),
        codebook.startsWith("features") ? Source.FEATURES : Source.RANDOM,
        codebook.endsWith("trained"),
        settings.get(INITIALIZATION).equals("fitted"),
        settings.get(PROJECTION_WEIGHT),
        settings.get(COMMITMENT_WEIGHT),
        settings.get(LEVEL_ATTENTION));
  }

  /** The frame that these settings make of the shared one. */
  AutoencoderSettings frame(Settings settings) {
    return AutoencoderSettings.of(settings)
        .with(levelAttention ? Architecture.VQGAN : Architecture.VQGAN_MIDDLE_ATTENTION);
  }
}
