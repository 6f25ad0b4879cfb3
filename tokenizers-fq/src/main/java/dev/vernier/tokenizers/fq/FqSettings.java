package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.quantize.VqSettings;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.UsageException;
import java.util.List;

/**
 * The settings of the branches.
 *
 * @param branches number of sub-codebooks k
 * @param quantizer of each branch's quantizer
 * @param adapterLayers transformer blocks of an adapter; 0 for no adapter
 * @param adapterHeads attention heads of an adapter
 * @param disentanglement ratio of the disentanglement term; 0 for none
 * @param representation weight of representation learning; 0 for none
 * @param predictionLayers transformer blocks of a prediction head
 * @param predictionHeads attention heads of a prediction head
 */
record FqSettings(
    int branches,
    VqSettings quantizer,
    int adapterLayers,
    int adapterHeads,
    double disentanglement,
    double representation,
    int predictionLayers,
    int predictionHeads) {
  private static final Setting<Integer> ADAPTER_LAYERS =
      Setting.integer(
          "adapter-layers", 1, 0, 24, "transformer blocks of a branch, 0 for no adapter; paper 6");
  private static final Setting<Integer> ADAPTER_HEADS =
      Setting.integer("adapter-heads", 4, 1, 64, "attention heads of an adapter; paper 8");
  private static final Setting<Double> DISENTANGLEMENT =
      Setting.number(
          "disentanglement-ratio",
          0.1,
          0,
          100,
          "weight of the squared cosine between branches, 0 for none; paper 0.1");

  private static final Setting<Double> REPRESENTATION =
      Setting.number(
          "representation-weight",
          0,
          0,
          100,
          "weight of the match with a teacher's feature, 0 for none; paper 0.5");
  private static final Setting<Integer> PREDICTION_LAYERS =
      Setting.integer(
          "prediction-layers", 1, 0, 24, "transformer blocks of a prediction head; paper 3");
  private static final Setting<Integer> PREDICTION_HEADS =
      Setting.integer(
          "prediction-heads", 4, 1, 64, "attention heads of a prediction head; paper 8");

  static List<Setting<?>> all() {
    return List.of(
        ADAPTER_LAYERS,
        ADAPTER_HEADS,
        DISENTANGLEMENT,
        REPRESENTATION,
        PREDICTION_LAYERS,
        PREDICTION_HEADS);
  }

  /** The branches that learn from teachers with these settings. */
  static TeacherRequirements teacherRequirements(Settings settings, int branches) {
    return settings.get(REPRESENTATION) > 0
        ? Branch.teacherRequirements(branches)
        : TeacherRequirements.NONE;
  }

  /**
   * Reads them.
   *
   * @throws UsageException if the heads do not divide the trunk's width
   */
  static FqSettings of(Settings settings, int branches, AutoencoderSettings frame) {
    FqSettings own =
        new FqSettings(
            branches,
            VqSettings.of(settings),
            settings.get(ADAPTER_LAYERS),
            settings.get(ADAPTER_HEADS),
            settings.get(DISENTANGLEMENT),
            settings.get(REPRESENTATION),
            settings.get(PREDICTION_LAYERS),
            settings.get(PREDICTION_HEADS));
    int width = frame.channels() * frame.multipliers().get(frame.multipliers().size() - 1);
    if (own.adapterLayers() > 0 && width % own.adapterHeads() != 0) {
      throw new UsageException(
          "adapter-heads "
              + own.adapterHeads()
              + " do not divide the trunk's "
              + width
              + " channels: set adapter-heads to a divisor of "
              + width);
    }
    return own;
  }
}
