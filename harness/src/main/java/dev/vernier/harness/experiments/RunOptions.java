package dev.vernier.harness.experiments;

import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.spi.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of a run that belong to no plugin, with all their defaults. */
public final class RunOptions {
  /** The dataset. */
  public static final Setting<String> DATA =
      Setting.text(
          "data", "synthetic", "dataset: synthetic, cifar10:DIR, folder:DIR, or a plugin's");

  /** The extractor that scores. */
  public static final Setting<String> FEATURES =
      Setting.text(
          "features",
          "dataset",
          "feature extractor that scores: dataset, inception, onnx (with features.file=FILE), or a"
              + " plugin's");

  /** What generated images are measured against. */
  public static final Setting<String> REFERENCE =
      Setting.text(
          "reference",
          "training",
          "what generated images are measured against: training or validation images, or an .npz"
              + " file of statistics, mu and sigma, of the same features");

  /** Protocols of papers that are measured beside ours. */
  public static final Setting<String> PROTOCOLS =
      Setting.text(
          "protocols",
          PublishedProtocol.NONE,
          "protocols of papers whose rFID, PSNR and SSIM are measured beside ours: "
              + PublishedProtocol.labels()
              + ", with commas between, or all; their rFID needs features inception");

  /** What tokenizers learn from. */
  public static final Setting<String> TEACHER =
      Setting.text(
          "teacher",
          "",
          "ONNX file of a frozen vision model that tokenizers learn from, or teacher.NAME for one"
              + " sub-codebook; with the settings of the extractor onnx, such as"
              + " teacher.normalization or teacher.NAME.side; none: the dataset's own small net");

  /** Training steps a cell. */
  public static final Setting<Integer> STEPS =
      Setting.integer("steps", 400, 0, 100_000_000, "training steps a cell");

  /** Images a step. */
  public static final Setting<Integer> BATCH_SIZE =
      Setting.integer("batch-size", 32, 1, 65_536, "images a training step");

  /** Training steps of a generator. */
  public static final Setting<Integer> GENERATOR_STEPS =
      Setting.integer("generator-steps", 400, 0, 100_000_000, "training steps of a generator");

  /** Images a step of a generator. */
  public static final Setting<Integer> GENERATOR_BATCH_SIZE =
      Setting.integer(
          "generator-batch-size", 32, 1, 65_536, "images a training step of a generator");

  /** Whether a generator is trained on codes of ten crops. */
  public static final Setting<Boolean> GENERATOR_TEN_CROP =
      Setting.flag(
          "generator-ten-crop",
          false,
          "train a generator on codes of ten crops of each image, corners and centre of 1.1 times"
              + " the size and their mirror images, as LlamaGen and FAR; false: of the image and its"
              + " mirror image");

  /** Images measured. */
  public static final Setting<Integer> IMAGES =
      Setting.integer(
          "images", 0, 0, 100_000_000, "validation images that are measured, 0 for all of them");

  /** Number of seeds. */
  public static final Setting<Integer> SEEDS =
      Setting.integer("seeds", 1, 1, 1000, "seeds a cell is repeated with, from first-seed on");

  /** The first seed. */
  public static final Setting<Integer> FIRST_SEED =
      Setting.integer(
          "first-seed",
          1,
          1,
          1_000_000,
          "the first seed; those from 101 on are for tuning and not reported");

  /** Training images that are measured in place of the validation images. */
  public static final Setting<Integer> HOLD_OUT =
      Setting.integer(
          "hold-out",
          0,
          0,
          100_000_000,
          "training images that are held out of training and measured in place of the validation"
              + " images, for tuning; 0 for none");

  /** Bootstrap replicates. */
  public static final Setting<Integer> BOOTSTRAP =
      Setting.integer(
          "bootstrap",
          200,
          0,
          100_000,
          "resamplings for the intervals of rFID, gFID and Inception scores, 0 for none");

  /** Codes on a map. */
  public static final Setting<Integer> CODE_MAP =
      Setting.integer(
          "code-map",
          0,
          0,
          10_000,
          "codes of each sub-codebook, the most frequent ones, that are laid out on a map by t-SNE;"
              + " 0 for none");

  /** Seconds between checkpoints. */
  public static final Setting<Integer> CHECKPOINT_SECONDS =
      Setting.integer(
          "checkpoint-seconds", 60, 0, 86_400, "seconds of training between checkpoints");

  private RunOptions() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(
        DATA,
        FEATURES,
        REFERENCE,
        PROTOCOLS,
        TEACHER,
        STEPS,
        BATCH_SIZE,
        GENERATOR_STEPS,
        GENERATOR_BATCH_SIZE,
        GENERATOR_TEN_CROP,
        IMAGES,
        SEEDS,
        FIRST_SEED,
        HOLD_OUT,
        BOOTSTRAP,
        CODE_MAP,
        CHECKPOINT_SECONDS);
  }

  /** All of them, each with the values that the scales give it in every experiment. */
  public static List<Setting<?>> atScales() {
    return all().stream().<Setting<?>>map(RunOptions::atScales).toList();
  }

  private static Setting<?> atScales(Setting<?> option) {
    Map<String, String> values = new HashMap<>();
    Scales.common()
        .forEach(
            (scale, options) -> {
              if (options.containsKey(option.name())) {
                values.put(scale, options.get(option.name()));
              }
            });
    return option.withScales(values);
  }
}
