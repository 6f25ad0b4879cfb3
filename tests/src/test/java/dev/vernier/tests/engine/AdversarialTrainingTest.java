package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.UsageException;
import dev.vernier.tokenizers.vq.VqganProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Training against a discriminator. */
@Tag("numerics")
class AdversarialTrainingTest {
  private static final Map<String, String> RIVAL =
      Map.of(
          "adversarial-weight", "0.5",
          "discriminator-channels", "4",
          "discriminator-layers", "1");

  @TempDir private Path folder;

  private static TrainableTokenizer open(Map<String, String> further) throws IOException {
    Map<String, String> settings = new HashMap<>(RIVAL);
    settings.putAll(further);
    return TinyTraining.open(new VqganProvider(), settings, 1);
  }

  private static Map<String, Double> step(TrainableTokenizer training, int step) {
    try (INDArray images = TinyTraining.images(step)) {
      return training.step(images);
    }
  }

  private static List<Map<String, Double>> steps(TrainableTokenizer training, int from, int to) {
    List<Map<String, Double>> losses = new ArrayList<>();
    for (int step = from; step < to; step++) {
      losses.add(step(training, step));
    }
    return losses;
  }

  @ParameterizedTest
  @CsvSource({
    "hinge, false, 0",
    "hinge, true, 0.05",
    "vanilla, false, 0.05",
    "non-saturating, true, 0"
  })
  void resumedTraining_goesOnToTheSameNumbers(String loss, String adaptive, String leCam)
      throws IOException {
    Map<String, String> settings =
        Map.of(
            "adversarial-loss", loss,
            "adversarial-adaptive", adaptive,
            "lecam-weight", leCam,
            "adversarial-start", "2");
    List<Map<String, Double>> whole;
    Path state = Files.createDirectories(folder.resolve("state"));
    try (TrainableTokenizer training = open(settings)) {
      whole = steps(training, 0, 8);
    }
    try (TrainableTokenizer training = open(settings)) {
      assertThat(steps(training, 0, 4)).isEqualTo(whole.subList(0, 4));
      training.save(state);
    }
    try (TrainableTokenizer training = open(settings)) {
      training.restore(state);
      assertThat(steps(training, 4, 8)).isEqualTo(whole.subList(4, 8));
    }
  }

  @Test
  void beforeTheStart_nothingIsAddedAndNothingChanges() throws IOException {
    try (TrainableTokenizer rival = open(Map.of("adversarial-start", "3"));
        TrainableTokenizer alone = open(Map.of("adversarial-weight", "0"))) {
      for (int step = 0; step < 5; step++) {
        Map<String, Double> with = step(rival, step);
        Map<String, Double> without = step(alone, step);
        assertThat(without).doesNotContainKeys("adversarial", "discriminator");
        if (step < 3) {
          assertThat(with).containsEntry("adversarial", 0.0).containsEntry("discriminator", 0.0);
          assertThat(with.get("loss")).isCloseTo(without.get("loss"), within(1e-6));
        } else {
          assertThat(with.get("adversarial")).isNotZero();
          assertThat(with.get("discriminator")).isPositive();
        }
      }
    }
  }

  /** Else it would be trained without one, under the name of a training with one. */
  @Test
  void aStartBehindTheLastStep_isRefused() throws IOException {
    assertThatThrownBy(() -> open(Map.of("adversarial-start", "1000")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the discriminator begins at adversarial-start 1000 and ")
        .hasMessageContaining("after 1000 steps: lower adversarial-start, or set ");
    open(Map.of("adversarial-start", "999")).close();
    open(Map.of("adversarial-start", "1000", "adversarial-weight", "0")).close();
  }

  @Test
  void imagesThatAreNoSquares_areJudgedToo() throws IOException {
    Map<String, String> settings = new HashMap<>(RIVAL);
    settings.put("adversarial-adaptive", "true");
    ImageSize size = new ImageSize(12, 18);
    try (TrainableTokenizer training = TinyTraining.open(new VqganProvider(), settings, size, 1);
        INDArray images = TinyTraining.images(size, 1)) {
      assertThat(training.step(images).get("adversarial")).isNotZero().isFinite();
      assertThat(training.step(images).get("discriminator")).isPositive().isFinite();
    }
  }

  @Test
  void discriminator_learnsToTellTheReconstructions() throws IOException {
    try (TrainableTokenizer training =
        open(Map.of("adversarial-weight", "1e-9", "learning-rate", "0.002"))) {
      double first = step(training, 0).get("discriminator");
      double last = first;
      for (int step = 1; step < 80; step++) {
        last = step(training, step % 4).get("discriminator");
      }
      assertThat(last).isLessThan(first - 0.3);
    }
  }
}
