package dev.vernier.autoencoder;

import dev.vernier.adversarial.AdversarialSettings;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.train.Adam;
import dev.vernier.engine.train.LearningRate;
import dev.vernier.engine.train.Optimization;
import dev.vernier.spi.Declared;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.List;

/**
 * The sizes and the objective of the frame. The defaults fit 32 x 32 images on a CPU; the paper's
 * values are named in each description. They are those of LlamaGen, which FQGAN trains with, too:
 * sizes in {@code vq_model.py}, weights and optimizer in {@code vq_train.py} and {@code vq_loss.py}
 * of its {@code tokenizer/tokenizer_image}; where a family's paper differs, its provider says so.
 *
 * @param architecture the layers around the bottleneck
 * @param channels width of the first level
 * @param multipliers width of each level over the first
 * @param residualBlocks residual blocks a level in the encoder; the decoder has one more
 * @param zChannels width between trunk and quantizer
 * @param groups of group normalization
 * @param learningRate its peak
 * @param schedule {@code constant} or {@code cosine}
 * @param warmUp steps of the cosine schedule until the peak; at most a tenth of a training's steps
 * @param adam constants of the optimizer
 * @param clip largest gradient norm; 0 for no clipping
 * @param emaDecay of the moving average of weights; 0 for none
 * @param reconstructionLoss how pixels are compared
 * @param reconstructionWeight weight of their error
 * @param perceptualWeight weight of the perceptual loss; 0 for none
 * @param adversarial the adversarial part
 * @param trunkSteps steps of the trunk's training; 0 to begin from fresh weights
 * @param trunkLearningRate peak learning rate of the trunk's training
 */
public record AutoencoderSettings(
    Architecture architecture,
    @Declared(
            byDefault = "32",
            quick = "16",
            standard = "16",
            paper = "128",
            from = 1,
            to = 1024,
            meaning = "width of the first level; paper 128")
        int channels,
    @Declared(
            byDefault = "1,2,2",
            paper = "1,1,2,2,4",
            from = 1,
            to = 16,
            meaning =
                "width of each level over the first; each further level halves the side; paper"
                    + " 1,1,2,2,4 (f 16), 1,2,2,4 (f 8)")
        List<Integer> multipliers,
    @Declared(
            byDefault = "1",
            paper = "2",
            from = 1,
            to = 8,
            meaning = "residual blocks a level; paper 2")
        int residualBlocks,
    @Declared(
            byDefault = "64",
            quick = "16",
            standard = "32",
            paper = "256",
            from = 1,
            to = 4096,
            meaning = "width between trunk and quantizer, except in open-magvit2; paper 256")
        int zChannels,
    @Declared(
            byDefault = "8",
            quick = "4",
            paper = "32",
            from = 1,
            to = 256,
            meaning = "groups of group normalization; paper 32")
        int groups,
    @Declared(
            byDefault = "1e-3",
            quick = "1e-3",
            standard = "2e-3",
            paper = "1e-4",
            from = 1e-8,
            to = 1,
            meaning = "peak learning rate; LlamaGen 1e-4 at batches of 128, FQGAN 2e-4")
        double learningRate,
    @Declared(
            byDefault = "cosine",
            paper = "constant",
            choices = {"constant", "cosine"},
            meaning = "of the learning rate; paper constant")
        String schedule,
    @Declared(
            byDefault = "50",
            quick = "30",
            to = 1_000_000,
            meaning = "steps of the cosine schedule until the peak, at most a tenth of all")
        int warmUp,
    Adam.Options adam,
    @Declared(
            name = "gradient-clip",
            byDefault = "1",
            to = 1e6,
            meaning =
                "largest gradient norm, 0 for none; of the discriminator over adversarial-weight;"
                    + " paper 1")
        double clip,
    @Declared(
            byDefault = "0",
            to = 0.99999,
            meaning = "of the moving average of weights that is measured, 0 for none")
        double emaDecay,
    @Declared(
            byDefault = "l2",
            meaning = "error of the pixels, squared or absolute; paper l2, VQGAN-LC and LFQ l1")
        PixelError reconstructionLoss,
    @Declared(byDefault = "1", to = 1e3, meaning = "of the error of the pixels; paper 1")
        double reconstructionWeight,
    @Declared(
            byDefault = "0.1",
            paper = "1",
            to = 1e3,
            meaning =
                "of the perceptual loss, 0 for none; the default suits the dataset's own net,"
                    + " paper 1 with LPIPS (perceptual.weights and perceptual.linear)")
        double perceptualWeight,
    AdversarialSettings adversarial,
    @Declared(
            byDefault = "0",
            quick = "3000",
            to = 100_000_000,
            meaning =
                "steps of training encoder and decoder without a quantizer, once for all cells"
                    + " that begin from them; 0 to begin from fresh weights; paper 0")
        int trunkSteps,
    @Declared(
            byDefault = "2e-3",
            from = 1e-8,
            to = 1,
            meaning = "peak learning rate of that training")
        double trunkLearningRate) {
  private static final double ADAM_EPSILON = 1e-8;

  /**
   * Checks that the sizes fit each other.
   *
   * @throws UsageException if they do not
   */
  public AutoencoderSettings {
    if (channels % groups != 0) {
      throw new UsageException(
          "groups "
              + groups
              + " do not divide "
              + channels
              + " channels: set groups to a divisor of channels");
    }
  }

  /** The settings a family adds its own to. */
  public static List<Setting<?>> all() {
    return Setting.of(AutoencoderSettings.class, AdamSettings.class);
  }

  /**
   * Reads the frame's part of a family's settings.
   *
   * @throws UsageException if the sizes do not fit each other
   */
  public static AutoencoderSettings of(Settings settings) {
    AdamSettings adam = settings.bind(AdamSettings.class);
    return settings.bind(
        AutoencoderSettings.class,
        Architecture.VQGAN,
        new Adam.Options(adam.beta1(), adam.beta2(), ADAM_EPSILON, adam.weightDecay()));
  }

  /** The constants of the optimizer that can be set. */
  private record AdamSettings(
      @Declared(byDefault = "0.9", to = 0.9999, meaning = "Adam's; paper 0.9") double beta1,
      @Declared(byDefault = "0.95", to = 0.99999, meaning = "Adam's; paper 0.95") double beta2,
      @Declared(byDefault = "0", to = 1, meaning = "decoupled; paper 0") double weightDecay) {}

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
        reconstructionLoss,
        reconstructionWeight,
        perceptualWeight,
        adversarial,
        trunkSteps,
        trunkLearningRate);
  }

  /** Whether there is a perceptual loss. */
  public boolean perceptual() {
    return perceptualWeight > 0;
  }

  /** The factor f between the sides of an image and of its code grid. */
  public int downsampling() {
    return 1 << (multipliers.size() - 1);
  }

  /**
   * Looks whether images can be halved as often as there are levels, and leave enough positions.
   *
   * @throws UsageException if they cannot
   */
  public void check(ImageSize imageSize) {
    if (!imageSize.isMultipleOf(downsampling())) {
      throw new UsageException(
          "images of "
              + imageSize
              + " pixels cannot be halved "
              + (multipliers.size() - 1)
              + " times: choose an image size of multiples of "
              + downsampling()
              + ", or fewer multipliers");
    }
    int positions = imageSize.area() / (downsampling() * downsampling());
    if (positions < architecture.fewestPositions()) {
      throw new UsageException(
          "images of "
              + imageSize
              + " pixels leave "
              + positions
              + " position of the code grid, the architecture needs "
              + architecture.fewestPositions()
              + ": choose larger images, or fewer multipliers");
    }
  }

  /**
   * Looks whether a training of so many steps reaches its discriminator.
   *
   * @throws UsageException if it has one that would never begin
   */
  public void checkSteps(long steps) {
    if (adversarial.weight() > 0 && steps > 0 && adversarial.start() >= steps) {
      throw new UsageException(
          "the discriminator begins at adversarial-start "
              + adversarial.start()
              + " and training ends after "
              + steps
              + " steps: lower adversarial-start, or set adversarial-weight to 0");
    }
  }

  /**
   * Looks whether the largest feature maps of a batch fit into arrays.
   *
   * @param batch images a step
   * @throws UsageException if they do not
   */
  public void checkBatch(ImageSize imageSize, int batch) {
    long largest = 0;
    for (int level = 0; level < multipliers.size(); level++) {
      // The decoder enters a level with the channels of the one below it.
      int widest =
          Math.max(
              multipliers.get(level), multipliers.get(Math.min(level + 1, multipliers.size() - 1)));
      largest = Math.max(largest, ((long) imageSize.area() >> (2 * level)) * channels * widest);
    }
    if (batch * largest > Floats.MOST) {
      throw new UsageException(
          "the feature maps of "
              + batch
              + (batch == 1 ? " image" : " images")
              + " of "
              + imageSize
              + " pixels are too many numbers for an array: "
              + (largest > Floats.MOST
                  ? "lower channels"
                  : "at most " + Floats.MOST / largest + " fit: lower batch-size"));
    }
  }

  /** How a training of so many steps optimizes. */
  Optimization.Options optimization(long steps) {
    return optimization(rates(steps), clip, emaDecay);
  }

  /**
   * How the discriminator learns beside it: from its start on, without an average. LlamaGen and
   * FQGAN multiply its loss by the adversarial weight, which Adam does not see but clipping does:
   * here the limit is divided by it instead. Open-MAGVIT2 and VQGAN-LC have no such factor, and
   * clip nothing.
   */
  Optimization.Options ofDiscriminator(long steps) {
    return optimization(rates(steps).after(adversarial.start()), clip / adversarial.weight(), 0);
  }

  private Optimization.Options optimization(
      LearningRate rates, double longest, double averageDecay) {
    return new Optimization.Options(
        adam,
        Optimization.Decayed.ALL,
        rates,
        longest,
        averageDecay,
        "lower learning-rate or gradient-clip");
  }

  private LearningRate rates(long steps) {
    return schedule.equals("constant")
        ? LearningRate.constant(learningRate)
        : LearningRate.cosine(
            learningRate, learningRate / 100, Math.min(warmUp, steps / 10), steps);
  }
}
