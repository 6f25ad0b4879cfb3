package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.CodeProjection;
import dev.vernier.autoencoder.PublishedCheckpoint;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * IBQ (Shi et al. 2025, "Scalable Image Tokenization with Index Backpropagation Quantization"), as
 * SEED-Voken publishes it: the state of Lightning, arrays named as in Taming Transformers, moving
 * averages of all of them.
 */
public final class IbqLoader implements TokenizerLoader {
  private static final String NAME = "ibq";

  /** Residual blocks a level in all published models; VQGAN's have 2. */
  private static final int BLOCKS = 4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "IBQ: VQGAN's network, a code is the entry of the largest inner product; published"
        + " weights only";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(Setting.of(IbqSettings.class).stream(), AutoencoderSettings.all().stream())
        .toList();
  }

  /** Whether a file can be no other's: VQGAN's has no moving averages of its codebook. */
  static boolean isMarked(PublishedCheckpoint file) {
    return file.isTaming() && file.hasAverage(IbqCoding.EMBEDDING);
  }

  /** A file without averages may as well be VQGAN's. */
  private static boolean mayBe(PublishedCheckpoint file) {
    return isMarked(file) || (file.isTaming() && file.residualBlocks() >= BLOCKS);
  }

  @Override
  public Map<String, String> published(Path weights) throws IOException {
    return AutoencoderTokenizer.settingsOf(weights, IbqLoader::published);
  }

  private static Map<String, String> published(PublishedCheckpoint file) {
    if (!mayBe(file) || !file.names().contains(IbqCoding.EMBEDDING)) {
      return Map.of();
    }
    long[] shape = file.shape(IbqCoding.EMBEDDING, 2);
    return Map.of(
        "codebook-size", String.valueOf(shape[0]), "code-dimension", String.valueOf(shape[1]));
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
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    IbqSettings own = settings.bind(IbqSettings.class);
    IbqCoding coding = new IbqCoding(new CodeProjection(frame, own.dimension()), own);
    return AutoencoderTokenizer.load(NAME, frame, coding, weights, imageSize);
  }
}
