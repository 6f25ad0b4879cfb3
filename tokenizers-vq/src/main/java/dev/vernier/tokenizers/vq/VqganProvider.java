package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.AutoencoderProvider;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.autoencoder.PublishedCheckpoint;
import dev.vernier.quantize.VectorQuantizer;
import dev.vernier.quantize.VqSettings;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** VQGAN (Esser et al. 2021; with unit-length codes as in LlamaGen, Sun et al. 2024). */
public final class VqganProvider implements AutoencoderProvider {
  private static final String NAME = "vqgan";

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
  public AutoencoderSettings frame(Settings settings) {
    return AutoencoderSettings.of(settings);
  }

  @Override
  public List<SubCodebook> subCodebooks(Settings settings) {
    return VqBottleneck.subCodebooks(settings.bind(VqSettings.class));
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException {
    AutoencoderSettings frame = frame(settings);
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
    return load(settings, weights, AutoencoderTokenizer.PUBLISHED_IMAGE_SIZE);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights, ImageSize imageSize) throws IOException {
    AutoencoderSettings frame = frame(settings);
    VqBottleneck bottleneck = new VqBottleneck(frame, settings.bind(VqSettings.class));
    return AutoencoderTokenizer.load(NAME, frame, bottleneck, weights, imageSize);
  }
}
