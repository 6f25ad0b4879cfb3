package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InceptionScoreTest {
  @Test
  void shuffledAndOrdered_goldenLogits_equalTorchFidelity() {
    FeatureMatrix logits = Golden.features("is_torch_fidelity/logits");
    InceptionScore shuffled = InceptionScore.shuffled(logits, 10, 2020);
    assertThat(shuffled.mean()).isCloseTo(2.4114221637421456, within(1e-9));
    assertThat(shuffled.deviation()).isCloseTo(0.09745348366909685, within(1e-9));
    InceptionScore ordered = InceptionScore.ordered(logits, 10);
    assertThat(ordered.mean()).isCloseTo(2.4120831341482516, within(1e-9));
    assertThat(ordered.deviation()).isCloseTo(0.22254269475284394, within(1e-9));
  }

  @Test
  void chunks_goldenLogits_equalAdmInDouble() {
    FeatureMatrix logits = Golden.features("is_adm/logits");
    int[] order = IntStream.range(0, logits.rows()).toArray();
    assertThat(InceptionScore.chunks(logits, order, 5000).mean())
        .isCloseTo(2.1516080525139722, within(1e-9));
    assertThat(InceptionScore.chunks(logits, order, 1000).mean())
        .isCloseTo(2.162577811066671, within(1e-9));
  }

  @Test
  void chunks_classByClass_isTheNumberOfClassesInEach() {
    FeatureMatrix logits = certain(12, 4);
    int[] turns = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    assertThat(InceptionScore.chunks(logits, turns, 4).mean()).isCloseTo(4, within(1e-12));
    int[] classes = {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11};
    assertThat(InceptionScore.chunks(logits, classes, 6).mean()).isCloseTo(2, within(1e-12));
    // The shorter one holds one class alone.
    assertThat(InceptionScore.chunks(logits, classes, 9).mean()).isCloseTo(2, within(1e-12));
    assertThat(InceptionScore.chunks(logits, classes, 3).mean()).isCloseTo(1, within(1e-12));
  }

  /** Classes in turn, so certain that the other probabilities underflow to 0. */
  private static FeatureMatrix certain(int images, int classes) {
    float[] logits = new float[images * classes];
    for (int i = 0; i < images; i++) {
      logits[i * classes + i % classes] = 2000;
    }
    return new FeatureMatrix(logits, images, classes);
  }

  @Test
  void ordered_certainAndEvenClasses_isTheNumberOfClasses() {
    InceptionScore score = InceptionScore.ordered(certain(8, 4), 2);
    assertThat(score.mean()).isCloseTo(4, within(1e-12));
    assertThat(score.deviation()).isCloseTo(0, within(1e-12));
  }

  @Test
  void ordered_allImagesAlike_isOne() {
    float[] logits = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2};
    assertThat(InceptionScore.ordered(new FeatureMatrix(logits, 4, 3), 1).mean())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void shuffled_anyNumberOfThreads_givesTheSameBits() {
    FeatureMatrix logits = Noise.features(203, 20, 3, 4);
    InceptionScore expected = Threads.with(1, () -> InceptionScore.shuffled(logits, 10, 1));
    assertThat(Threads.with(3, () -> InceptionScore.shuffled(logits, 10, 1))).isEqualTo(expected);
  }

  @Test
  void ordered_moreSplitsThanImages_isRefused() {
    assertThatThrownBy(() -> InceptionScore.ordered(Noise.features(3, 2, 1, 1), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 images cannot make 4 splits");
  }
}
