package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.quantize.VqSettings;
import dev.vernier.spi.Declared;
import dev.vernier.spi.Settings;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.UsageException;

/**
 * The settings of the branches.
 *
 * @param branches number of sub-codebooks k
 * @param quantizer of each branch's quantizer
 * @param adapterLayers transformer blocks of an adapter; 0 for no adapter, as at the scale {@code
 *     quick}, where adapters would begin as noise between a trained trunk and its heads
 * @param adapterHeads attention heads of an adapter
 * @param disentanglement ratio of the disentanglement term; 0 for none
 * @param representation weight of representation learning; 0 for none
 * @param predictionLayers transformer blocks of a prediction head
 * @param predictionHeads attention heads of a prediction head
 */
record FqSettings(
    int branches,
    VqSettings quantizer,
    @Declared(
            byDefault = "1",
            quick = "0",
            paper = "6",
            to = 24,
            meaning = "transformer blocks of a branch, 0 for no adapter; paper 6")
        int adapterLayers,
    @Declared(
            byDefault = "4",
            paper = "8",
            from = 1,
            to = 64,
            meaning = "attention heads of an adapter; paper 8")
        int adapterHeads,
    @Declared(
            name = "disentanglement-ratio",
            byDefault = "0.1",
            to = 100,
            meaning = "weight of the squared cosine between branches, 0 for none; paper 0.1")
        double disentanglement,
    @Declared(
            name = "representation-weight",
            byDefault = "0",
            to = 100,
            meaning = "weight of the match with a teacher's feature, 0 for none; paper 0.5")
        double representation,
    @Declared(
            byDefault = "1",
            paper = "3",
            from = 1,
            to = 24,
            meaning = "transformer blocks of a prediction head; paper 3")
        int predictionLayers,
    @Declared(
            byDefault = "4",
            paper = "8",
            from = 1,
            to = 64,
            meaning = "attention heads of a prediction head; paper 8")
        int predictionHeads) {
  /** The branches that learn from teachers. */
  TeacherRequirements teacherRequirements() {
    return representation > 0 ? Branch.teacherRequirements(branches) : TeacherRequirements.NONE;
  }

  /**
   * Reads them.
   *
   * @throws UsageException if the heads do not divide the trunk's width
   */
  static FqSettings of(Settings settings, int branches, AutoencoderSettings frame) {
    FqSettings own = settings.bind(FqSettings.class, branches);
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
