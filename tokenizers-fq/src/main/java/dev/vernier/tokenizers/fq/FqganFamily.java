package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.autoencoder.AutoencoderTrunk;
import dev.vernier.quantize.VectorQuantizer;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.Trunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the providers of this module have in common: all but the number of branches. */
abstract class FqganFamily implements TokenizerProvider {
  private static final ImageSize PUBLISHED_IMAGE_SIZE = ImageSize.square(256);

  /**
   * At the paper's scale, where it differs from LlamaGen: {@code train_fqgan_dual.sh} and {@code
   * train_fqgan_triple.sh} of the published code.
   */
  private static final Map<String, String> PAPER =
      Map.of("learning-rate", "2e-4", "entropy-ratio", "0.03", "representation-weight", "0.5");

  /** How many branches settings ask for. */
  abstract int branches(Settings settings);

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        Stream.of(Setting.of(FqSettings.class), AutoencoderSettings.all())
            .<Setting<?>>flatMap(List::stream)
            .toList();
    return Setting.atScale(all, "paper", PAPER);
  }

  private FqSettings own(Settings settings, AutoencoderSettings frame) {
    return FqSettings.of(settings, branches(settings), frame);
  }

  @Override
  public void check(Settings settings, ImageSize imageSize) {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    frame.check(imageSize);
    own(settings, frame);
  }

  @Override
  public void checkSteps(Settings settings, long steps) {
    AutoencoderSettings.of(settings).checkSteps(steps);
  }

  @Override
  public void checkBatch(Settings settings, ImageSize imageSize, int batchSize) {
    AutoencoderSettings.of(settings).checkBatch(imageSize, batchSize);
  }

  @Override
  public List<SubCodebook> subCodebooks(Settings settings) {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    return new FqBottleneck(frame, own(settings, frame), CodeTerms.NONE).subCodebooks();
  }

  @Override
  public boolean perceptual(Settings settings) {
    return AutoencoderSettings.of(settings).perceptual();
  }

  @Override
  public TeacherRequirements teacherRequirements(Settings settings) {
    return settings.bind(FqSettings.class, branches(settings)).teacherRequirements();
  }

  @Override
  public Optional<Trunk> trunk(Settings settings) {
    return AutoencoderTrunk.of(AutoencoderSettings.of(settings));
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    FqSettings own = own(settings, frame);
    FqBottleneck bottleneck = new FqBottleneck(frame, own, RepresentationLearning.of(own, context));
    return new AutoencoderTraining(name(), frame, bottleneck, context);
  }

  @Override
  public List<String> assumptions(Settings settings, Path weights) throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    String first = Branch.of(branches(settings)).get(0).quantizer();
    boolean l2Norm = own(settings, frame).quantizer().l2Norm();
    return AutoencoderTokenizer.assumptions(
        weights, file -> VectorQuantizer.assumption(file, first, l2Norm));
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    FqBottleneck bottleneck = new FqBottleneck(frame, own(settings, frame), CodeTerms.NONE);
    return AutoencoderTokenizer.load(name(), frame, bottleneck, weights, PUBLISHED_IMAGE_SIZE);
  }
}
