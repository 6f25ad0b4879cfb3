package dev.vernier.quantize;

import dev.vernier.autoencoder.CodeForm;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import java.util.List;

/**
 * The settings of a vector quantizer.
 *
 * @param size number of entries K
 * @param dimension of an entry, d
 * @param l2Norm whether encodings and entries are normalized to unit length before anything else
 * @param beta weight of the commitment loss
 * @param entropyRatio weight of the entropy term; 0 for none
 * @param fromData whether the entries begin as k-means of encodings, not as random numbers
 * @param restartAfter entries unused for this many steps are set to encodings of the present batch;
 *     0 for never
 */
public record VqSettings(
    int size,
    int dimension,
    boolean l2Norm,
    double beta,
    double entropyRatio,
    boolean fromData,
    int restartAfter) {
  private static final Setting<Integer> SIZE =
      Setting.integer(
          "codebook-size", 1024, 1, 1 << 20, "number of codebook entries K; paper 16384");
  private static final Setting<Integer> DIMENSION =
      Setting.integer(
          "code-dimension", 8, 1, 4096, "dimension d of an entry; LlamaGen 8, Taming 256");
  private static final Setting<Boolean> L2_NORM =
      Setting.flag(
          "l2-norm", true, "search by cosine, on unit vectors; LlamaGen true, Taming false");
  private static final Setting<Double> BETA =
      Setting.number(
          "commitment-weight", 0.25, 0, 100, "beta, weight of the commitment loss; paper 0.25");
  private static final Setting<Double> ENTROPY_RATIO =
      Setting.number(
          "entropy-ratio",
          0,
          0,
          100,
          "weight of the entropy term, 0 for none; paper 0 (VQGAN), 0.03 (FQGAN)");
  private static final Setting<String> INITIALIZATION =
      Setting.choice(
          "initialization",
          "k-means",
          List.of("uniform", "k-means"),
          "of the entries: uniform in plus or minus 1/K as in the paper, or k-means of encodings of 16"
              + " batches");
  private static final Setting<Integer> RESTART_AFTER =
      Setting.integer(
          "restart-after",
          50,
          0,
          1_000_000,
          "steps after which an unused entry becomes an encoding of the batch, 0 for never; paper 0");

  /** The settings a family adds its own to. */
  public static List<Setting<?>> all() {
    return List.of(SIZE, DIMENSION, L2_NORM, BETA, ENTROPY_RATIO, INITIALIZATION, RESTART_AFTER);
  }

  /** What a code keeps of an encoding. */
  public CodeForm codeForm() {
    return l2Norm ? CodeForm.DIRECTION : CodeForm.POINT;
  }

  /** Reads the quantizer's part of a family's settings. */
  public static VqSettings of(Settings settings) {
    return new VqSettings(
        settings.get(SIZE),
        settings.get(DIMENSION),
        settings.get(L2_NORM),
        settings.get(BETA),
        settings.get(ENTROPY_RATIO),
        settings.get(INITIALIZATION).equals("k-means"),
        settings.get(RESTART_AFTER));
  }
}
