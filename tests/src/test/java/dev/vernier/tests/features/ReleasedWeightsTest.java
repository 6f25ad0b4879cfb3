package dev.vernier.tests.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.data.SyntheticProvider;
import dev.vernier.nets.DatasetFeatureProvider;
import dev.vernier.nets.DatasetTeacherProvider;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The synthetic dataset's feature nets, which come with the release. */
class ReleasedWeightsTest {
  private static final long SCORING = 1;
  private static final long TRAINING = 2;
  @TempDir Path cache;

  private final ImageDataset synthetic = synthetic();
  private final List<String> lines = new ArrayList<>();

  private static ImageDataset synthetic() {
    SyntheticProvider provider = new SyntheticProvider();
    return provider.open("", Settings.defaults(provider.settings()));
  }

  /** The same images under a name for which there are no released weights. */
  private record Renamed(ImageDataset images) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      DatasetSpec spec = images.spec();
      return new DatasetSpec(
          spec.name(),
          spec.imageSize(),
          spec.classes(),
          new StringBuilder(spec.hash()).reverse().toString());
    }

    @Override
    public int size(Split split) {
      return images.size(split);
    }

    @Override
    public LabelledImage image(Split split, int index) {
      return images.image(split, index);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return images.augmented(index, random);
    }
  }

  private FeatureExtractor scorer(ImageDataset dataset) throws IOException {
    return open(new DatasetFeatureProvider(), dataset, SCORING);
  }

  private FeatureExtractor teacher(ImageDataset dataset) throws IOException {
    return open(new DatasetTeacherProvider(), dataset, TRAINING);
  }

  private FeatureExtractor open(FeatureExtractorProvider provider, ImageDataset dataset, long seed)
      throws IOException {
    return provider.open(
        Settings.defaults(provider.settings()),
        new FeatureContext(dataset, seed, cache, lines::add));
  }

  private double accuracy(ImageDataset dataset) throws IOException {
    try (WeightFile weights = kept("dataset-" + dataset.spec().hash().substring(0, 16))) {
      return Double.parseDouble(weights.metadata().get("accuracy"));
    }
  }

  /** Names and sizes of the arrays of a net but its last layer, which is as wide as the classes. */
  private List<String> arrays(String prefix) throws IOException {
    try (WeightFile weights = kept(prefix)) {
      List<String> arrays = new ArrayList<>();
      for (String name : weights.names()) {
        if (!name.startsWith("head.") && !name.startsWith("norm.")) {
          arrays.add(name + Arrays.toString(weights.shape(name)));
        }
      }
      return arrays;
    }
  }

  private WeightFile kept(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("features"))) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().startsWith(prefix))
              .findFirst()
              .orElseThrow();
      return WeightFile.open(file);
    }
  }

  @Test
  void syntheticNets_areReleased_ofTwoArchitectures() throws IOException {
    try (FeatureExtractor scoring = scorer(synthetic);
        FeatureExtractor training = teacher(synthetic)) {
      assertThat(lines).as("nothing was trained").isEmpty();
      assertThat(arrays("dataset-teacher-")).isNotEmpty();
      assertThat(arrays("dataset-" + synthetic.spec().hash().substring(0, 16)))
          .as("another architecture")
          .doesNotContainAnyElementsOf(arrays("dataset-teacher-"));
      assertThat(scoring.spec().name()).isNotEqualTo(training.spec().name());
    }
  }

  /** Trains for as long as whoever made the release did: asked for by {@code -Dvernier.retrain}. */
  @Test
  @EnabledIfSystemProperty(named = "vernier.retrain", matches = "true")
  void retrained_reachesTheAccuracyOfTheRelease() throws IOException {
    scorer(synthetic).close();
    ImageDataset renamed = new Renamed(synthetic);
    scorer(renamed).close();
    assertThat(lines).anyMatch(line -> line.contains("feature net trained"));
    assertThat(accuracy(renamed)).isCloseTo(accuracy(synthetic), Offset.offset(0.06));
  }
}
