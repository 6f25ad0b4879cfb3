package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.UsageException;
import dev.vernier.tokenizers.fq.FqganProvider;
import dev.vernier.tokenizers.fq.FqganTripleProvider;
import dev.vernier.tokenizers.vq.VqLcProvider;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What sub-codebooks learn from, and from whom. */
class TeachersTest {
  private static final Map<String, String> LEARNING =
      Map.of("representation-weight", "0.5", "prediction-heads", "2");

  private static final Map<String, String> FOUR =
      Map.of("representation-weight", "0.5", "prediction-heads", "2", "sub-codebooks", "4");

  private static Map<String, Double> step(
      TokenizerProvider provider,
      Map<String, String> settings,
      Map<String, FeatureExtractor> teachers)
      throws IOException {
    try (TrainableTokenizer training = TinyTraining.open(provider, settings, teachers, 1);
        INDArray images = TinyTraining.images(1)) {
      return training.step(images);
    }
  }

  @Test
  void eachBranch_learnsFromItsTeacher() throws IOException {
    FirstPixels wide = new FirstPixels(8);
    FirstPixels shared = new FirstPixels(4);
    Map<String, Double> losses =
        step(
            new FqganTripleProvider(),
            LEARNING,
            Map.of("visual", wide, "middle", shared, "high", shared));
    assertThat(losses)
        .containsKeys("visual-representation", "middle-representation", "high-representation");
    assertThat(shared.looks()).as("of two branches").isEqualTo(wide.looks()).isPositive();
  }

  @Test
  void branchesThatLearnOnRequest_doNotLearnWithoutATeacher() throws IOException {
    FirstPixels teacher = new FirstPixels(4);
    Map<String, Double> losses =
        step(new FqganProvider(), FOUR, Map.of("branch-0", teacher, "branch-3", teacher));
    assertThat(losses)
        .containsKeys("branch-0-representation", "branch-3-representation")
        .doesNotContainKeys("branch-1-representation", "branch-2-representation");
  }

  @Test
  void missingTeacher_isRefused() {
    assertThatThrownBy(() -> step(new FqganTripleProvider(), LEARNING, Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("needs a frozen vision model");
  }

  @Test
  void codebookOfFeatures_needsPatches() {
    assertThatThrownBy(
            () ->
                step(
                    new VqLcProvider(),
                    Map.of("codebook", "features-frozen"),
                    Map.of("code", new FirstPixels(4))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("first-pixels has none");
  }
}
