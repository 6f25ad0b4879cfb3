package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.autoencoder.AutoencoderTrunk;
import dev.vernier.autoencoder.PublishedCheckpoint;
import dev.vernier.quantize.VectorQuantizer;
import dev.vernier.quantize.VqSettings;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.SubCodebook;
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

/** VQGAN (Esser et al. 2021; with unit-length codes as in LlamaGen, Sun et al. 2024). */
public final class VqganProvider implements TokenizerProvider {
  private static final String NAME = "vqgan";
  private static final ImageSize PUBLISHED_IMAGE_SIZE = ImageSize.square(256);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "VQGAN: nearest-neighbour vector quantization in a convolutional autoencoder";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(Setting.of(VqSettings.class).stream(), AutoencoderSettings.all().stream())
        .toList();
  }

  @Override
  public void check(Settings settings, ImageSize imageSize) {
    AutoencoderSettings.of(settings).check(imageSize);
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
    return VqBottleneck.subCodebooks(settings.bind(VqSettings.class));
  }

  @Override
  public boolean perceptual(Settings settings) {
    return AutoencoderSettings.of(settings).perceptual();
  }

  @Override
  public Optional<Trunk> trunk(Settings settings) {
    return AutoencoderTrunk.of(AutoencoderSettings.of(settings));
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    return new AutoencoderTraining(
        NAME, frame, new VqBottleneck(frame, settings.bind(VqSettings.class)), context);
  }

  @Override
  public Map<String, String> published(Path weights) throws IOException {
    return AutoencoderTokenizer.settingsOf(weights, VqganProvider::published);
  }

  private static Map<String, String> published(PublishedCheckpoint file) {
    return IbqLoader.isMarked(file)
        ? Map.of()
        : VectorQuantizer.published(file, VqBottleneck.QUANTIZER);
  }

  @Override
  public List<String> assumptions(Settings settings, Path weights) throws IOException {
    boolean l2Norm = settings.bind(VqSettings.class).l2Norm();
    return AutoencoderTokenizer.assumptions(
        weights, file -> VectorQuantizer.assumption(file, VqBottleneck.QUANTIZER, l2Norm));
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    return load(settings, weights, PUBLISHED_IMAGE_SIZE);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights, ImageSize imageSize) throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    VqBottleneck bottleneck = new VqBottleneck(frame, settings.bind(VqSettings.class));
    return AutoencoderTokenizer.load(NAME, frame, bottleneck, weights, imageSize);
  }
}
