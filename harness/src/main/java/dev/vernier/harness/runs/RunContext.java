package dev.vernier.harness.runs;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.evaluation.ReferenceImages;
import dev.vernier.harness.evaluation.TokenizerEvaluator;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.PerceptualDistanceProvider;
import dev.vernier.spi.Settings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What all cells of a run share: the dataset, the nets that score, the net in training losses. */
public final class RunContext implements AutoCloseable {
  private static final long SCORING_SEED = 1;
  private static final long TRAINING_SEED = 2;
  private static final String TRAINING_NET = "dataset";
  private final Plugins plugins;
  private final Progress progress;
  private final ImageDataset dataset;
  private final FeatureExtractor scorer;
  private final Optional<PerceptualDistance> distance;
  private final Map<String, String> identity;
  private FeatureExtractor trainingNet;

  /**
   * Opens everything; nets without weights are trained and kept.
   *
   * @param choice what to open
   */
  public RunContext(Choice choice, Plugins plugins, Progress progress) throws IOException {
    this.plugins = plugins;
    this.progress = progress;
    String[] data = choice.data().split(":", 2);
    DatasetProvider kind = plugins.dataset(data[0]);
    this.dataset =
        kind.open(
            data.length > 1 ? data[1] : "", Settings.of(kind.settings(), choice.dataSettings()));
    this.scorer = net(choice.features(), choice.featureSettings(), SCORING_SEED);
    this.distance = distance(choice.lpipsSettings(), plugins);
    this.identity =
        Map.of(
            "dataset",
            dataset.spec().hash(),
            "features",
            scorer.spec().name() + " " + scorer.spec().hash(),
            "lpips",
            distance.map(each -> each.name() + " " + each.hash()).orElse("none"));
  }

  private FeatureExtractor net(String name, Map<String, String> settings, long seed)
      throws IOException {
    FeatureExtractorProvider provider = plugins.features(name);
    FeatureContext context =
        new FeatureContext(
            dataset, seed, CacheFolder.path(), line -> progress.update(line, 0, 0, ""));
    return provider.open(Settings.of(provider.settings(), settings), context);
  }

  private static Optional<PerceptualDistance> distance(
      Map<String, String> settings, Plugins plugins) throws IOException {
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    PerceptualDistanceProvider provider = plugins.distance("lpips");
    return Optional.of(provider.open(Settings.of(provider.settings(), settings)));
  }

  /** The dataset. */
  public ImageDataset dataset() {
    return dataset;
  }

  /** The extractor that scores. */
  public FeatureExtractor scorer() {
    return scorer;
  }

  /** LPIPS, where there are weights. */
  public Optional<PerceptualDistance> distance() {
    return distance;
  }

  /** What of this decides the numbers of every cell. */
  public Map<String, String> identity() {
    return identity;
  }

  /**
   * The net for perceptual losses and the teacher of tokenizers that want one, never the one that
   * scores; opened when first asked for.
   */
  public synchronized FeatureExtractor trainingNet() throws IOException {
    if (trainingNet == null) {
      trainingNet = net(TRAINING_NET, Map.of(), TRAINING_SEED);
    }
    return trainingNet;
  }

  /** An evaluator on this dataset. */
  public TokenizerEvaluator evaluator(MeasureOptions options) {
    return new TokenizerEvaluator(
        new ReferenceImages(dataset, options.images()), scorer, distance, options);
  }

  @Override
  public void close() {
    scorer.close();
    distance.ifPresent(PerceptualDistance::close);
    if (trainingNet != null) {
      trainingNet.close();
    }
  }

  /**
   * What to open.
   *
   * @param data the user's {@code --data}
   * @param dataSettings the dataset's settings
   * @param features name of the extractor that scores
   * @param featureSettings its settings
   * @param lpipsSettings those of LPIPS; empty where it is not measured
   */
  public record Choice(
      String data,
      Map<String, String> dataSettings,
      String features,
      Map<String, String> featureSettings,
      Map<String, String> lpipsSettings) {
    /** The choice that a run's options make, keys as {@link RunPlan} has them. */
    public static Choice of(Map<String, String> options) {
      return new Choice(
          options.get(RunOptions.DATA.name()),
          RunPlan.scoped(options, "data."),
          options.get(RunOptions.FEATURES.name()),
          RunPlan.scoped(options, "features."),
          RunPlan.scoped(options, "lpips."));
    }
  }
}
