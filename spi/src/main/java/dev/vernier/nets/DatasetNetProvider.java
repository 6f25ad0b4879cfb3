package dev.vernier.nets;

import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.train.Checkpoint;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Small classifiers of the dataset itself: trained once on its training labels, or where it has
 * none on turns of its images (Gidaris et al. 2018), then kept by the dataset's hash. For the
 * synthetic dataset the weights come with the release.
 */
abstract class DatasetNetProvider implements FeatureExtractorProvider {
  private static final int HASH_LENGTH = 16;
  private static final int IMAGES_FOR_ACCURACY = 500;

  /** The net for images of a size. */
  abstract Classifier net(ImageSize size, int classes);

  /** Grows whenever net or training change, so that kept weights are not mistaken for new ones. */
  abstract int version();

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public boolean ofDataset() {
    return true;
  }

  @Override
  public FeatureExtractor open(Settings settings, FeatureContext context) throws IOException {
    int classes = ClassifierTraining.classes(context.dataset());
    Classifier net = net(Classifier.sizeFor(context.dataset().spec().imageSize()), classes);
    String name = fileName(context);
    Path file = context.nets().file(name);
    release(name, file);
    if (Files.exists(file)) {
      try {
        return load(name, context, net);
      } catch (UsageException e) {
        context.progress().accept(e.getMessage() + "; the feature net is trained again");
      }
    }
    train(net, context, file);
    return load(name, context, net);
  }

  /** The name under which the weights for a dataset and seed are kept. */
  final String fileName(FeatureContext context) {
    return name()
        + "-"
        + context.dataset().spec().hash().substring(0, HASH_LENGTH)
        + "-seed"
        + context.seed()
        + "-v"
        + version()
        + ".safetensors";
  }

  /** Takes weights that come with the release, where there are any. */
  private static void release(String name, Path file) throws IOException {
    if (!Files.exists(file)) {
      try (InputStream in = DatasetNetProvider.class.getResourceAsStream(name)) {
        if (in != null) {
          ResultFiles.writeWhole(file, in.readAllBytes());
        }
      }
    }
  }

  /** Trains, tells the accuracy, and writes the weights. */
  private void train(Classifier net, FeatureContext context, Path file) throws IOException {
    Parameters parameters = new ClassifierTraining(context).train(net);
    FeatureSpec draft = spec(net.classes(), "draft");
    try (DatasetFeatures trained = new DatasetFeatures(draft, net, parameters)) {
      OptionalDouble accuracy =
          ClassifierTraining.accuracy(trained, context.dataset(), IMAGES_FOR_ACCURACY);
      String text =
          accuracy.isPresent()
              ? String.format(Locale.ROOT, "%.3f", accuracy.getAsDouble())
              : "unknown, for no validation image has a class";
      context.progress().accept("feature net trained, validation accuracy " + text);
      Files.createDirectories(file.toAbsolutePath().getParent());
      Checkpoint.write(file, parameters, Map.of(), Map.of("accuracy", text));
    }
  }

  private FeatureExtractor load(String name, FeatureContext context, Classifier net)
      throws IOException {
    Path file = context.nets().file(name);
    Parameters parameters = DatasetFeatures.fresh(net);
    try (Safetensors weights = Safetensors.open(file)) {
      Checkpoint.load(weights, file, parameters);
      byte[] content = weights.content();
      context.nets().opened(name, content);
      String hash = new Sha256().add(content).hexadecimal();
      // Which way up an image is says nothing of what it shows.
      int classes = context.dataset().spec().isLabelled() ? net.classes() : 0;
      return new DatasetFeatures(spec(classes, hash), net, parameters);
    } catch (IOException | RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  private FeatureSpec spec(int classes, String hash) {
    return new FeatureSpec(
        name(), Classifier.DIMENSION, classes, Classifier.DIMENSION, hash, false);
  }
}
