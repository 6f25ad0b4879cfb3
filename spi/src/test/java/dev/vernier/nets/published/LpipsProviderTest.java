package dev.vernier.nets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.PerceptualDistanceProvider;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class LpipsProviderTest {
  @TempDir private Path folder;

  private PerceptualDistance open(String backbone) throws IOException {
    LpipsFiles files = LpipsFiles.write(backbone, folder);
    return open(
        Map.of(
            "backbone",
            backbone,
            "weights",
            files.weights().toString(),
            "linear",
            files.linear().toString()));
  }

  private static PerceptualDistance open(Map<String, String> settings) throws IOException {
    LpipsProvider provider = new LpipsProvider();
    return provider.open(Settings.of(provider.settings(), settings));
  }

  private static INDArray images(String name, int count, int height, int width) {
    return Nd4j.createFromArray(GeneratedWeights.uniform(name, count * 3 * height * width, -1, 1))
        .reshape(count, 3, height, width);
  }

  @ParameterizedTest
  @CsvSource({
    "alex, 64, 70, 0.8356508463, 0.8800574274",
    "vgg, 48, 40, 0.7232794478, 0.7255805930",
    "squeeze, 42, 47, 0.7504558811, 0.7490641589"
  })
  void distanceEqualsTheReference(
      String backbone, int height, int width, double first, double second) throws IOException {
    try (PerceptualDistance lpips = open(backbone);
        INDArray images = images("first", 2, height, width);
        INDArray others = images("second", 2, height, width)) {
      assertThat(lpips.distances(images, others))
          .containsExactly(new double[] {first, second}, within(1e-5));
      assertThat(lpips.distances(images, images)).containsExactly(0, 0);
      assertThat(lpips.name()).isEqualTo("lpips." + backbone + ".v0.1");
    }
  }

  @Test
  void distanceDoesNotDependOnTheBatch() throws IOException {
    try (PerceptualDistance lpips = open("squeeze");
        INDArray images = images("first", 70, 32, 32);
        INDArray others = images("second", 70, 32, 32)) {
      double[] all = lpips.distances(images, others);
      for (int i : new int[] {0, 17, 63, 69}) {
        try (INDArray image = images.get(NDArrayIndex.interval(i, i + 1)).dup('c');
            INDArray other = others.get(NDArrayIndex.interval(i, i + 1)).dup('c')) {
          assertThat(lpips.distances(image, other)).containsExactly(all[i]);
        }
      }
    }
  }

  @Test
  void imagesOfAnotherRange_areRefused() throws IOException {
    try (PerceptualDistance lpips = open("squeeze");
        INDArray images = images("first", 1, 32, 32);
        INDArray bright = images.mul(255)) {
      assertThatThrownBy(() -> lpips.distances(images, bright))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[-1, 1]");
    }
  }

  @Test
  void imagesTooSmallForTheNet_areRefused() throws IOException {
    try (PerceptualDistance lpips = open("squeeze");
        INDArray images = images("first", 1, 4, 4)) {
      assertThatThrownBy(() -> lpips.distances(images, images))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("use larger images");
    }
  }

  @Test
  void missingSettingsAndWrongFiles_areToldWithTheRemedy() throws IOException {
    assertThatThrownBy(() -> open(Map.of("backbone", "vgg")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("weights=FILE");
    Path wrong = folder.resolve("wrong.safetensors");
    GeneratedWeights.write(wrong, Map.of("lin0.model.1.weight", new long[] {1, 64, 1, 1}));
    Map<String, String> settings = new HashMap<>();
    settings.put("weights", wrong.toString());
    settings.put("linear", wrong.toString());
    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("missing [lin1.model.1.weight");
  }

  @Test
  void providerIsRegistered() {
    assertThat(ServiceLoader.load(PerceptualDistanceProvider.class))
        .anyMatch(each -> each.name().equals("lpips") && !each.description().isEmpty());
  }
}
