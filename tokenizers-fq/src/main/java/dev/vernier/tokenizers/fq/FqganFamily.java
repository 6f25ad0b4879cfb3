package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.AutoencoderProvider;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.quantize.VectorQuantizer;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the providers of this module have in common: all but the number of branches. */
abstract class FqganFamily implements AutoencoderProvider {
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
  public AutoencoderSettings frame(Settings settings) {
    return AutoencoderSettings.of(settings);
  }

  @Override
  public void check(Settings settings, ImageSize imageSize) {
    AutoencoderProvider.super.check(settings, imageSize);
    own(settings, frame(settings));
  }

  @Override
  public List<SubCodebook> subCodebooks(Settings settings) {
    AutoencoderSettings frame = frame(settings);
    return new FqBottleneck(frame, own(settings, frame), CodeTerms.NONE).subCodebooks();
  }

  @Override
  public TeacherRequirements teacherRequirements(Settings settings) {
    return settings.bind(FqSettings.class, branches(settings)).teacherRequirements();
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException {
    AutoencoderSettings frame = frame(settings);
    FqSettings own = own(settings, frame);
    FqBottleneck bottleneck = new FqBottleneck(frame, own, RepresentationLearning.of(own, context));
    return new AutoencoderTraining(name(), frame, bottleneck, context);
  }

  @Override
  public List<String> assumptions(Settings settings, Path weights) throws IOException {
    AutoencoderSettings frame = frame(settings);
    String first = Branch.of(branches(settings)).get(0).quantizer();
    boolean l2Norm = own(settings, frame).quantizer().l2Norm();
    return AutoencoderTokenizer.assumptions(
        weights, file -> VectorQuantizer.assumption(file, first, l2Norm));
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    AutoencoderSettings frame = frame(settings);
    FqBottleneck bottleneck = new FqBottleneck(frame, own(settings, frame), CodeTerms.NONE);
    return AutoencoderTokenizer.load(
        name(), frame, bottleneck, weights, AutoencoderTokenizer.PUBLISHED_IMAGE_SIZE);
  }
}
