package dev.vernier.autoencoder;

import dev.vernier.adversarial.AdversarialSettings;
import dev.vernier.engine.train.Adam;
import dev.vernier.engine.train.LearningRate;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sizes and the objective of the frame. The defaults fit 32 x 32 images on a CPU; the paper's
 * values are named in each description.
 *
 * @param architecture the layers around the bottleneck
 * @param channels width of the first level
 * @param multipliers width of each level over the first
 * @param residualBlocks residual blocks a level in the encoder; the decoder has one more
 * @param zChannels width between trunk and quantizer
 * @param groups of group normalization
 * @param learningRate its peak
 * @param schedule {@code constant} or {@code cosine}
 * @param warmUp steps of the cosine schedule until the peak
 * @param adam constants of the optimizer
 * @param clip largest gradient norm; 0 for no clipping
 * @param emaDecay of the moving average of weights; 0 for none
 * @param reconstructionWeight weight of the squared error
 * @param perceptualWeight weight of the perceptual loss; 0 for none
 * @param adversarial the adversarial part
 * @param trunkSteps steps of the trunk's training; 0 to begin from fresh weights
 * @param trunkLearningRate peak learning rate of the trunk's training
 */
public record AutoencoderSettings(
    Architecture architecture,
    int channels,
    List<Integer> multipliers,
    int residualBlocks,
    int zChannels,
    int groups,
    double learningRate,
    String schedule,
    int warmUp,
    Adam.Options adam,
    double clip,
    double emaDecay,
    double reconstructionWeight,
    double perceptualWeight,
    AdversarialSettings adversarial,
    int trunkSteps,
    double trunkLearningRate) {
  private static final Setting<Integer> CHANNELS =
      Setting.integer("channels", 32, 1, 1024, "width of the first level; paper 128");
  private static final Setting<List<Integer>> MULTIPLIERS =
      Setting.integers(
          "multipliers",
          List.of(1, 2, 2),
          1,
          16,
          "width of each level over the first; each further level halves the side; paper 1,1,2,2,4 (f 16), 1,2,2,4 (f 8)");
  private static final Setting<Integer> RESIDUAL_BLOCKS =
      Setting.integer("residual-blocks", 1, 1, 8, "residual blocks a level; paper 2");
  private static final Setting<Integer> Z_CHANNELS =
      Setting.integer("z-channels", 64, 1, 4096, "width between trunk and quantizer; paper 256");
  private static final Setting<Integer> GROUPS =
      Setting.integer("groups", 8, 1, 256, "groups of group normalization; paper 32");
  private static final Setting<Double> LEARNING_RATE =
      Setting.number(
          "learning-rate", 1e-3, 1e-8, 1, "peak learning rate; paper 1e-4 to 2e-4 at batch 256");
  private static final Setting<String> SCHEDULE =
      Setting.choice(
          "schedule",
          "cosine",
          List.of("constant", "cosine"),
          "of the learning rate; paper constant");
  private static final Setting<Integer> WARM_UP =
      Setting.integer("warm-up", 50, 0, 1_000_000, "steps of the cosine schedule until the peak");
  private static final Setting<Double> BETA1 =
      Setting.number("beta1", 0.9, 0, 0.9999, "Adam's; paper 0.9");
  private static final Setting<Double> BETA2 =
      Setting.number("beta2", 0.95, 0, 0.99999, "Adam's; paper 0.95");
  private static final Setting<Double> WEIGHT_DECAY =
      Setting.number("weight-decay", 0, 0, 1, "decoupled; paper 0");
  private static final Setting<Double> CLIP =
      Setting.number("gradient-clip", 1, 0, 1e6, "largest gradient norm, 0 for none; paper 1");
  private static final Setting<Double> EMA_DECAY =
      Setting.number(
          "ema-decay",
          0,
          0,
          0.99999,
          "of the moving average of weights that is measured, 0 for none");
  private static final Setting<Double> RECONSTRUCTION_WEIGHT =
      Setting.number("reconstruction-weight", 1, 0, 1e3, "of the squared error; paper 1");
  private static final Setting<Double> PERCEPTUAL_WEIGHT =
      Setting.number(
          "perceptual-weight",
          0.1,
          0,
          1e3,
          "of the perceptual loss, 0 for none; the default suits the dataset's own net, paper 1 with"
              + " LPIPS (perceptual.weights and perceptual.linear)");

  private static final Setting<Integer> TRUNK_STEPS =
      Setting.integer(
          "trunk-steps",
          0,
          0,
          100_000_000,
          "steps of training encoder and decoder without a quantizer, once for all cells that begin"
              + " from them; 0 to begin from fresh weights; paper 0");

  private static final Setting<Double> TRUNK_LEARNING_RATE =
      Setting.number("trunk-learning-rate", 2e-3, 1e-8, 1, "peak learning rate of that training");

  private static final double ADAM_EPSILON = 1e-8;

  /** The settings a family adds its own to. */
  public static List<Setting<?>> all() {
    List<Setting<?>> own =
        List.of(
            CHANNELS,
            MULTIPLIERS,
            RESIDUAL_BLOCKS,
            Z_CHANNELS,
            GROUPS,
            LEARNING_RATE,
            SCHEDULE,
            WARM_UP,
            BETA1,
            BETA2,
            WEIGHT_DECAY,
            CLIP,
            EMA_DECAY,
            RECONSTRUCTION_WEIGHT,
            PERCEPTUAL_WEIGHT,
            TRUNK_STEPS,
            TRUNK_LEARNING_RATE);
    return Stream.<Setting<?>>concat(own.stream(), AdversarialSettings.all().stream()).toList();
  }

  /**
   * Reads the frame's part of a family's settings.
   *
   * @throws UsageException if the sizes do not fit each other
   */
  public static AutoencoderSettings of(Settings settings) {
    AutoencoderSettings frame =
        new AutoencoderSettings(
            Architecture.VQGAN,
            settings.get(CHANNELS),
            settings.get(MULTIPLIERS),
            settings.get(RESIDUAL_BLOCKS),
            settings.get(Z_CHANNELS),
            settings.get(GROUPS),
            settings.get(LEARNING_RATE),
            settings.get(SCHEDULE),
            settings.get(WARM_UP),
            new Adam.Options(
                settings.get(BETA1), settings.get(BETA2), ADAM_EPSILON, settings.get(WEIGHT_DECAY)),
            settings.get(CLIP),
            settings.get(EMA_DECAY),
            settings.get(RECONSTRUCTION_WEIGHT),
            settings.get(PERCEPTUAL_WEIGHT),
            AdversarialSettings.of(settings),
            settings.get(TRUNK_STEPS),
            settings.get(TRUNK_LEARNING_RATE));
    for (int multiplier : frame.multipliers()) {
      if (frame.channels() * multiplier % frame.groups() != 0) {
        throw new UsageException(
            "groups "
                + frame.groups()
                + " do not divide "
                + frame.channels() * multiplier
                + " channels: set groups to a divisor of channels");
      }
    }
    return frame;
  }

  /** The same with other layers around the bottleneck. */
  public AutoencoderSettings with(Architecture other) {
    return with(other, learningRate, adversarial);
  }

  /** Those of the trunk's training, which has no adversary. */
  AutoencoderSettings ofTrunk() {
    return with(architecture, trunkLearningRate, AdversarialSettings.NONE);
  }

  private AutoencoderSettings with(
      Architecture other, double peak, AdversarialSettings adversarial) {
    return new AutoencoderSettings(
        other,
        channels,
        multipliers,
        residualBlocks,
        zChannels,
        groups,
        peak,
        schedule,
        warmUp,
        adam,
        clip,
        emaDecay,
        reconstructionWeight,
        perceptualWeight,
        adversarial,
        trunkSteps,
        trunkLearningRate);
  }

  /** The factor f between the sides of an image and of its code grid. */
  public int downsampling() {
    return 1 << (multipliers.size() - 1);
  }

  /**
   * The side of the code grid.
   *
   * @throws UsageException if the image cannot be halved that often
   */
  public int gridSize(int imageSize) {
    if (imageSize % downsampling() != 0) {
      throw new UsageException(
          "images of "
              + imageSize
              + " pixels cannot be halved "
              + (multipliers.size() - 1)
              + " times: choose another image size or fewer multipliers");
    }
    return imageSize / downsampling();
  }

  /** The learning rate over a training of so many steps. */
  LearningRate rates(long steps) {
    return schedule.equals("constant")
        ? LearningRate.constant(learningRate)
        : LearningRate.cosine(
            learningRate, learningRate / 100, Math.min(warmUp, steps / 10), steps);
  }
}
