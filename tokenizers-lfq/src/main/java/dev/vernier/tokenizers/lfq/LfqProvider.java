package dev.vernier.tokenizers.lfq;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.support.autoencoder.AutoencoderSettings;
import dev.vernier.spi.support.autoencoder.AutoencoderTokenizer;
import dev.vernier.spi.support.autoencoder.AutoencoderTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Lookup-free quantization (MAGVIT-v2, Yu et al. 2024; Open-MAGVIT2, Luo et al. 2024). */
public final class LfqProvider implements TokenizerProvider {
  private static final String NAME = "lfq";
  private static final int PUBLISHED_IMAGE_SIZE = 256;

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
    return Stream.concat(LfqSettings.all().stream(), AutoencoderSettings.all().stream()).toList();
  }

  @Override
  public TrainableTokenizer create(Settings settings, TrainingContext context) {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    return new AutoencoderTraining(
        NAME, frame, new LfqBottleneck(frame, LfqSettings.of(settings)), context);
  }

  @Override
  public Tokenizer load(Settings settings, Path weights) throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    LfqBottleneck bottleneck = new LfqBottleneck(frame, LfqSettings.of(settings));
    return AutoencoderTokenizer.load(NAME, frame, bottleneck, weights, PUBLISHED_IMAGE_SIZE);
  }
}
