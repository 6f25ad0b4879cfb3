package dev.vernier.tokenizers.lfq;

import dev.vernier.autoencoder.AutoencoderProvider;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.autoencoder.CodeProjection;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lookup-free quantization (MAGVIT-v2, Yu et al. 2024; Open-MAGVIT2, Luo et al. 2024). */
public final class LfqProvider implements AutoencoderProvider {
  private static final String NAME = "lfq";

  /**
   * At the paper's scale, where it differs from LlamaGen: Open-MAGVIT2's published training.
   * Weights of the losses are in {@code imagenet_lfqgan_256_L.yaml} ({@code gen_loss_weight,
   * lecam_loss_weight, codebook_weight, commit_weight, disc_start}), absolute error, hinge and
   * non-saturating loss in {@code vqperceptual.py}, betas and the moving average in {@code
   * lfqgan.py} and {@code ema.py}. Gradients are not clipped there. Its encoder and decoder are
   * {@code architecture}, which stays that of the other families, so that the quantizer is what
   * differs.
   */
  private static final Map<String, String> PAPER =
      Map.ofEntries(
          Map.entry("beta1", "0.5"),
          Map.entry("beta2", "0.9"),
          Map.entry("gradient-clip", "0"),
          Map.entry("ema-decay", "0.999"),
          Map.entry("reconstruction-loss", "l1"),
          Map.entry("temperature", "0.01"),
          Map.entry("entropy-weight", "0.1"),
          Map.entry("commitment-weight", "0.25"),
          Map.entry("adversarial-loss", "hinge-non-saturating"),
          Map.entry("adversarial-weight", "0.1"),
          Map.entry("adversarial-start", "0"),
          Map.entry("lecam-weight", "0.05"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "LFQ: lookup-free quantization, a code is the signs of its encoding";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        Stream.concat(Setting.of(LfqSettings.class).stream(), AutoencoderSettings.all().stream())
            .toList();
    return Setting.atScale(all, "paper", PAPER);
  }

  @Override
  public AutoencoderSettings frame(Settings settings) {
    return Model.of(settings).frame();
  }

  @Override
  public List<SubCodebook> subCodebooks(Settings settings) {
    return Model.of(settings).bottleneck().subCodebooks();
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException {
    Model model = Model.of(settings);
    return new AutoencoderTraining(NAME, model.frame(), model.bottleneck(), context);
  }

  @Override
  public Map<String, String> published(Path weights) throws IOException {
    return AutoencoderTokenizer.settingsOf(weights, LfqProvider::openMagvit);
  }

  private static Map<String, String> openMagvit(WeightFile file) {
    if (!file.names().contains("decoder.adaptive.0.gamma.weight")) {
      return Map.of();
    }
    long bits = file.shape("encoder.conv_out.weight", 4)[0];
    return Map.of("architecture", LfqSettings.MAGVIT, "codebook-size", String.valueOf(1L << bits));
  }

  @Override
  public List<String> assumptions(Settings settings, Path weights) throws IOException {
    return AutoencoderTokenizer.assumptions(weights);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    return load(settings, weights, AutoencoderTokenizer.PUBLISHED_IMAGE_SIZE);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights, ImageSize imageSize) throws IOException {
    Model model = Model.of(settings);
    return AutoencoderTokenizer.load(NAME, model.frame(), model.bottleneck(), weights, imageSize);
  }

  /** What the settings describe. */
  private record Model(AutoencoderSettings frame, LfqBottleneck bottleneck) {
    static Model of(Settings settings) {
      AutoencoderSettings frame = AutoencoderSettings.of(settings);
      LfqSettings own = settings.bind(LfqSettings.class);
      if (own.magvit()) {
        OpenMagvit magvit = new OpenMagvit(own.bits());
        return new Model(frame.with(magvit), new LfqBottleneck(own, magvit));
      }
      CodeLayers layers = CodeLayers.of(new CodeProjection(frame, own.bits()));
      return new Model(frame, new LfqBottleneck(own, layers));
    }
  }
}
