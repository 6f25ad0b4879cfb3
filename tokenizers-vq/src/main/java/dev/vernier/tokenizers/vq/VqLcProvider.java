package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.AutoencoderProvider;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.engine.program.Initializer;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * VQGAN-LC (Zhu et al. 2024, "Scaling the Codebook Size of VQGAN to 100,000 with a Utilization Rate
 * of 99%"): a frozen codebook of a vision model's features, and a trained projection of it.
 */
public final class VqLcProvider implements AutoencoderProvider {
  private static final String NAME = "vq-lc";

  /**
   * At the paper's scale, where it differs from LlamaGen. Learning rate: the paper's, its published
   * script {@code runTrainVQ.sh} has 1e-4. The rest is from the published training, {@code
   * vqgan-gpt-lc}: its objective, in which {@code rate_q} multiplies both code terms, the one of
   * the projection after its 0.33, in {@code models_vq.py}; {@code rate_q} and {@code rate_d}, both
   * 0.1, and the betas in {@code training_vqgan.py}; {@code disc_start} and five epochs of warm-up
   * in {@code runTrainVQ.sh}, at 5,004 batches of 256 an epoch. Of the 25,020 steps of warm-up the
   * frame takes a tenth of a training's at most: 20,000 of 200,000. Gradients are not clipped
   * there.
   */
  private static final Map<String, String> PAPER =
      Map.ofEntries(
          Map.entry("learning-rate", "5e-4"),
          Map.entry("schedule", "cosine"),
          Map.entry("warm-up", "25020"),
          Map.entry("beta1", "0.5"),
          Map.entry("beta2", "0.9"),
          Map.entry("gradient-clip", "0"),
          Map.entry("reconstruction-loss", "l1"),
          Map.entry("projection-initialization", "normal"),
          Map.entry("projection-weight", "0.033"),
          Map.entry("commitment-weight", "0.1"),
          Map.entry("adversarial-weight", "0.1"),
          Map.entry("adversarial-adaptive", "true"),
          Map.entry("adversarial-start", "50000"),
          Map.entry("discriminator-layers", "2"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "VQGAN-LC: a frozen codebook of a vision model's features under a trained projection";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        Stream.concat(Setting.of(VqLcSettings.class).stream(), AutoencoderSettings.all().stream())
            .toList();
    return Setting.atScale(all, "paper", PAPER);
  }

  @Override
  public AutoencoderSettings frame(Settings settings) {
    return settings.bind(VqLcSettings.class).frame(settings);
  }

  @Override
  public List<SubCodebook> subCodebooks(Settings settings) {
    return VqLcBottleneck.subCodebooks(settings.bind(VqLcSettings.class));
  }

  @Override
  public TeacherRequirements teacherRequirements(Settings settings) {
    return settings.bind(VqLcSettings.class).fromFeatures()
        ? new TeacherRequirements(List.of(VqLcBottleneck.SUB_CODEBOOK), List.of())
        : TeacherRequirements.NONE;
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException {
    VqLcSettings own = settings.bind(VqLcSettings.class);
    AutoencoderSettings frame = frame(settings);
    return new AutoencoderTraining(
        NAME, frame, new VqLcBottleneck(frame, own, fresh(own, context)), context);
  }

  private static ProjectedQuantizer fresh(VqLcSettings settings, TrainingContext context)
      throws IOException {
    if (!settings.fromFeatures()) {
      double bound = 1.0 / settings.size();
      Initializer uniform = Initializer.uniform(-bound, bound);
      return new ProjectedQuantizer(settings, settings.dimension(), uniform);
    }
    FeatureExtractor teacher = context.teachers().get(VqLcBottleneck.SUB_CODEBOOK);
    if (teacher == null) {
      throw new UsageException(
          NAME
              + " takes its codebook from a vision model and was given none: set codebook to"
              + " random-frozen or random-trained to do without");
    }
    if (teacher.spec().spatialDimension() == 0) {
      throw new UsageException(
          NAME
              + " takes its codebook from features of patches, and "
              + teacher.spec().name()
              + " has none: give a model with an output of patches, or set codebook to"
              + " random-frozen or random-trained");
    }
    float[] centres =
        FeatureCodebook.of(
            context.dataset(), teacher, settings.size(), context.seed(), context.cache());
    return new ProjectedQuantizer(
        settings,
        teacher.spec().spatialDimension(),
        (values, random) -> System.arraycopy(centres, 0, values, 0, values.length));
  }

  @Override
  public Map<String, String> published(Path weights) throws IOException {
    return AutoencoderTokenizer.settingsOf(weights, VqganLc::settings);
  }

  @Override
  public List<String> assumptions(Settings settings, Path weights) throws IOException {
    return AutoencoderTokenizer.assumptions(weights);
  }

  /** Needs no vision model: the codebook is among the weights. */
  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    return load(settings, weights, AutoencoderTokenizer.PUBLISHED_IMAGE_SIZE);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights, ImageSize imageSize) throws IOException {
    VqLcSettings own = settings.bind(VqLcSettings.class);
    AutoencoderSettings frame = frame(settings);
    int entryDimension = AutoencoderTokenizer.inspect(weights, VqganLc::entryDimension);
    ProjectedQuantizer quantizer =
        new ProjectedQuantizer(own, entryDimension, Initializer.constant(0));
    return AutoencoderTokenizer.load(
        NAME, frame, new VqLcBottleneck(frame, own, quantizer), weights, imageSize);
  }
}
