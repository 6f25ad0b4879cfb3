package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.Architecture;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.spi.Declared;
import dev.vernier.spi.Settings;

/**
 * The settings of VQGAN-LC's quantizer.
 *
 * @param size number of entries K
 * @param dimension of a projected entry, d
 * @param codebook where the entries come from, and whether they are trained
 * @param projectionInitialization what the projection begins as
 * @param projectionWeight weight of the loss that moves projected entries to encodings
 * @param commitmentWeight weight of the loss that moves encodings to projected entries
 * @param levelAttention whether attention follows the residual blocks of the lowest resolution
 */
record VqLcSettings(
    @Declared(
            name = "codebook-size",
            byDefault = "1024",
            from = 1,
            to = 1 << 20,
            meaning = "number of codebook entries K; paper 100000")
        int size,
    @Declared(
            name = "code-dimension",
            byDefault = "8",
            from = 1,
            to = 4096,
            meaning = "dimension d the entries are projected to; paper 8")
        int dimension,
    @Declared(
            byDefault = "features-frozen",
            meaning =
                "entries: cluster centres of a teacher's features or random numbers, frozen or"
                    + " trained; always projected; paper features-frozen")
        Codebook codebook,
    @Declared(
            byDefault = "fitted",
            meaning =
                "of the projection: normal numbers as in the paper, or fitted to the first"
                    + " batches, so that projected entries lie near encodings")
        Initialization projectionInitialization,
    @Declared(
            byDefault = "0.33",
            to = 100,
            meaning =
                "weight of the loss that moves projected entries to encodings; paper 0.33, times"
                    + " the published training's 0.1")
        double projectionWeight,
    @Declared(
            byDefault = "1",
            standard = "0.25",
            to = 100,
            meaning = "weight of the commitment loss; paper 1, times the published training's 0.1")
        double commitmentWeight,
    @Declared(
            byDefault = "true",
            meaning =
                "attention after each residual block of the lowest resolution, besides the"
                    + " middle; paper true at f 16, false at f 8")
        boolean levelAttention) {
  /** What the entries are before training, and whether training changes them. */
  enum Codebook {
    /** Cluster centres of a frozen vision model's patch features, kept. */
    FEATURES_FROZEN(true, false),
    /** The same, trained. */
    FEATURES_TRAINED(true, true),
    /** Uniform in plus or minus 1/K, of dimension d, kept. */
    RANDOM_FROZEN(false, false),
    /** The same, trained. */
    RANDOM_TRAINED(false, true);

    private final boolean features;
    private final boolean trained;

    Codebook(boolean features, boolean trained) {
      this.features = features;
      this.trained = trained;
    }
  }

  /** What the projection begins as. */
  enum Initialization {
    /** Normal numbers. */
    NORMAL,
    /** Fitted to the first batches' encodings. */
    FITTED
  }

  /** Whether the entries come from a frozen vision model. */
  boolean fromFeatures() {
    return codebook.features;
  }

  /** Whether the entries are trained, and not only their projection. */
  boolean trained() {
    return codebook.trained;
  }

  /** Whether the projection begins fitted to the first batches' encodings. */
  boolean fitted() {
    return projectionInitialization == Initialization.FITTED;
  }

  /** The frame that these settings make of the shared one. */
  AutoencoderSettings frame(Settings settings) {
    return AutoencoderSettings.of(settings)
        .with(levelAttention ? Architecture.VQGAN : Architecture.VQGAN_MIDDLE_ATTENTION);
  }
}
