package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.autoencoder.AutoencoderTrunk;
import dev.vernier.autoencoder.PublishedCheckpoint;
import dev.vernier.quantize.VectorQuantizer;
import dev.vernier.quantize.VqSettings;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.Trunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the providers of this module make.
 *
 * @param name of the provider
 */
record Fqgan(String name) {
  private static final int PUBLISHED_IMAGE_SIZE = 256;
  private static final String PUBLISHED_HEADS = "8";
  private static final Predicate<String> QUANTIZER =
      Pattern.compile("quantize_\\w+\\.embedding\\.weight").asMatchPredicate();

  /** Settings of a tokenizer whose number of branches is given. */
  static List<Setting<?>> settings() {
    return Stream.of(VqSettings.all(), FqSettings.all(), AutoencoderSettings.all())
        .<Setting<?>>flatMap(List::stream)
        .toList();
  }

  /** Refuses settings of so many branches that do not fit each other or the images. */
  static void check(Settings settings, int branches, int imageSize) {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    frame.gridSize(imageSize);
    FqSettings.of(settings, branches, frame);
  }

  /** The trunk that settings ask for, whatever the number of branches. */
  static Optional<Trunk> trunk(Settings settings) {
    return AutoencoderTrunk.of(AutoencoderSettings.of(settings));
  }

  TrainableTokenizer create(Settings settings, int branches, TrainingContext context)
      throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    FqSettings own = FqSettings.of(settings, branches, frame);
    FqBottleneck bottleneck = new FqBottleneck(frame, own, RepresentationLearning.of(own, context));
    return new AutoencoderTraining(name, frame, bottleneck, context);
  }

  /** The settings of a published checkpoint of so many branches; empty where it is none. */
  static Map<String, String> published(int branches, Path weights) throws IOException {
    return AutoencoderTokenizer.settingsOf(weights, file -> published(branches, file));
  }

  private static Map<String, String> published(int branches, PublishedCheckpoint file) {
    List<Branch> expected = Branch.of(branches);
    long quantizers = file.names().stream().filter(QUANTIZER).count();
    Map<String, String> first = VectorQuantizer.published(file, expected.get(0).quantizer());
    if (first.isEmpty() || quantizers != branches) {
      return Map.of();
    }
    int layers = 0;
    String adapter = "encoder." + expected.get(0).adapter() + ".0.transformer.";
    while (file.names().contains(adapter + layers + ".ln_1.weight")) {
      layers++;
    }
    Map<String, String> settings = new LinkedHashMap<>(first);
    settings.put("adapter-layers", String.valueOf(layers));
    settings.put("adapter-heads", PUBLISHED_HEADS);
    return settings;
  }

  Tokenizer load(Settings settings, int branches, Path weights) throws IOException {
    AutoencoderSettings frame = AutoencoderSettings.of(settings);
    FqSettings own = FqSettings.of(settings, branches, frame);
    FqBottleneck bottleneck = new FqBottleneck(frame, own, CodeTerms.NONE);
    return AutoencoderTokenizer.load(name, frame, bottleneck, weights, PUBLISHED_IMAGE_SIZE);
  }
}
