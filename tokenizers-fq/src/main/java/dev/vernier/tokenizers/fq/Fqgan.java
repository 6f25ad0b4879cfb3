package dev.vernier.tokenizers.fq;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.support.autoencoder.AutoencoderSettings;
import dev.vernier.spi.support.autoencoder.AutoencoderTokenizer;
import dev.vernier.spi.support.autoencoder.AutoencoderTraining;
import dev.vernier.spi.support.quantize.VqSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the providers of this module make.
 *
 * @param name of the provider
 */
record Fqgan(String name) {
  private static final int PUBLISHED_IMAGE_SIZE = 256;

  /** Settings of a tokenizer whose number of branches is given. */
  static List<Setting<?>> settings() {
    return Stream.of(VqSettings.all(), FqSettings.all(), AutoencoderSettings.all())
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  TrainableTokenizer create(Settings settings, int branches, TrainingContext context) {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    FqSettings own = FqSettings.of(settings, branches, frame);
    FqBottleneck bottleneck = new FqBottleneck(frame, own, RepresentationLearning.of(own, context));
    return new AutoencoderTraining(name, frame, bottleneck, context);
  }

  Tokenizer load(Settings settings, int branches, Path weights) throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    FqSettings own = FqSettings.of(settings, branches, frame);
    FqBottleneck bottleneck = new FqBottleneck(frame, own, CodeTerms.NONE);
    return AutoencoderTokenizer.load(name, frame, bottleneck, weights, PUBLISHED_IMAGE_SIZE);
  }
}
