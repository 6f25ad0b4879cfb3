package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.UsageException;
import dev.vernier.tests.features.LpipsFiles;
import dev.vernier.tokenizers.vq.VqganProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Training with LPIPS in the loss. */
class PerceptualTrainingTest {
  private static final Map<String, String> LPIPS_ALONE =
      Map.of("reconstruction-weight", "0", "perceptual-weight", "1");

  @TempDir private static Path folder;
  private static PerceptualDistance lpips;

  @BeforeAll
  static void open() throws IOException {
    lpips = LpipsFiles.write(LpipsFiles.Backbone.VGG, folder).open();
  }

  @AfterAll
  static void close() {
    lpips.close();
  }

  private static TrainableTokenizer training(Map<String, String> further) throws IOException {
    Map<String, String> settings = new HashMap<>(LPIPS_ALONE);
    settings.putAll(further);
    return TinyTraining.open(new VqganProvider(), settings, 1, lpips);
  }

  @Test
  void training_bringsTheDistanceDown() throws IOException {
    try (TrainableTokenizer training = training(Map.of());
        INDArray images = TinyTraining.images(1)) {
      double first = training.step(images).get("perceptual");
      double last = first;
      for (int step = 1; step < 30; step++) {
        last = training.step(images).get("perceptual");
      }
      assertThat(first).isPositive();
      assertThat(last).isLessThan(0.9 * first);
    }
  }

  @Test
  void frozenNet_isNoPartOfTheModel() throws IOException {
    try (AutoencoderTraining with = (AutoencoderTraining) training(Map.of());
        AutoencoderTraining without =
            (AutoencoderTraining) training(Map.of("perceptual-weight", "0"))) {
      assertThat(with.parameters().names()).isEqualTo(without.parameters().names());
    }
  }

  @Test
  void adaptiveWeight_balancesAgainstTheDistance() throws IOException {
    Map<String, String> rival =
        Map.of(
            "adversarial-weight", "0.5",
            "adversarial-adaptive", "true",
            "discriminator-channels", "4",
            "discriminator-layers", "1");
    Map<String, String> heavier = new HashMap<>(rival);
    heavier.put("perceptual-weight", "3");
    try (TrainableTokenizer one = training(rival);
        TrainableTokenizer three = training(heavier);
        INDArray images = TinyTraining.images(1)) {
      Map<String, Double> first = one.step(images);
      Map<String, Double> second = three.step(images);
      assertThat(second.get("perceptual")).isCloseTo(first.get("perceptual"), within(1e-6));
      // Three times the gradient to balance against, three times the adversarial loss.
      assertThat(second.get("adversarial") / first.get("adversarial")).isCloseTo(3, within(1e-3));
    }
  }

  @Test
  void distanceThatOnlyMeasures_isRefused() {
    assertThatThrownBy(
            () -> TinyTraining.open(new VqganProvider(), LPIPS_ALONE, 1, new OnlyMeasures()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("distance none cannot be used in a loss")
        .hasMessageContaining("perceptual-weight to 0");
  }

  private record OnlyMeasures() implements PerceptualDistance {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public String hash() {
      return "none";
    }

    @Override
    public double[] distances(INDArray images, INDArray others) {
      return new double[(int) images.size(0)];
    }

    @Override
    public void close() {}
  }
}
