package dev.vernier.generators.far;

import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.TrainableGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the providers have in common: all but the head. */
abstract class FarFamily implements GeneratorProvider {
  /** How sub-tokens are predicted. */
  abstract Head head();

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Setting.of(FarSettings.class);
  }

  @Override
  public void check(Settings settings) {
    // A tokenizer's tokens, not known yet, only add to the parameters.
    FarShape least =
        settings.bind(FarSettings.class).shape(List.of(new SubCodebook("any", 1)), 1, 1, 1);
    new FarModel(name(), least, head()).refuseTooMany();
  }

  @Override
  public void checkGuidance(Settings settings) {
    FarSettings.checkGuidance(settings.bind(FarSettings.class).classDropout());
  }

  @Override
  public void checkBatch(Settings settings, TokenizerSpec tokenizer, int batchSize) {
    // The classes have no part in the logits.
    FarShape shape = settings.bind(FarSettings.class).shape(tokenizer, 1);
    new FarModel(name(), shape, head()).refuseTooLarge(batchSize);
  }

  @Override
  public TrainableGenerator create(Settings settings, GeneratorContext context) {
    FarSettings own = settings.bind(FarSettings.class);
    FarModel model =
        new FarModel(name(), own.shape(context.tokenizer(), context.classes()), head());
    model.refuseTooMany();
    model.refuseTooLarge(context.batchSize());
    return new FarTraining(model, own, context);
  }

  @Override
  public List<String> assumptions(Settings settings, Path weights) throws IOException {
    try (FarFile opened = FarFile.open(file(weights))) {
      return Stream.concat(
              opened.choice().stream(), opened.unsaid(settings.bind(FarSettings.class)).stream())
          .toList();
    }
  }

  @Override
  public Generator load(Settings settings, Path weights) throws IOException {
    Path file = file(weights);
    try (FarFile opened = FarFile.open(file)) {
      FarSettings own = settings.bind(FarSettings.class);
      FarModel model = new FarModel(name(), opened.shape(own), head());
      return FarGenerator.of(model, opened.classDropout(own), opened, file);
    }
  }

  private static Path file(Path weights) {
    return Files.isDirectory(weights) ? weights.resolve(FarGenerator.WEIGHTS) : weights;
  }
}
