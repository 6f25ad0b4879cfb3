package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InceptionScoreResamplesTest {
  private static final FeatureMatrix LOGITS = Noise.features(203, 20, 3, 4);
  private static final int[] IN_TURN = IntStream.range(0, 203).toArray();

  /** Three classes that take turns, one after the other. */
  private static final int[] BY_CLASS =
      IntStream.range(0, 3)
          .flatMap(label -> IntStream.range(0, 203).filter(image -> image % 3 == label))
          .toArray();

  /** The images of a resample, one after the other. */
  private static FeatureMatrix rows(int[] counts) {
    return rows(counts, IN_TURN);
  }

  private static FeatureMatrix rows(int[] counts, int[] order) {
    int columns = LOGITS.columns();
    int[] chosen =
        IntStream.of(order).flatMap(i -> IntStream.generate(() -> i).limit(counts[i])).toArray();
    float[] values = new float[chosen.length * columns];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(LOGITS.values(), chosen[i] * columns, values, i * columns, columns);
    }
    return new FeatureMatrix(values, chosen.length, columns);
  }

  @Test
  void shuffled_isTheScoreOfEachResample() {
    double[] expected =
        Bootstrap.draws(203, 5, 95)
            .mapToDouble(counts -> InceptionScore.shuffled(rows(counts), 10, 2020).mean())
            .toArray();
    assertThat(InceptionScoreResamples.shuffled(LOGITS, 10, 2020, 5, 95))
        .containsExactly(expected, within(1e-12));
  }

  @Test
  void chunks_inAnyOrder_isTheScoreOfEachResampleInThatOrder() {
    double[] inTurn = InceptionScoreResamples.chunks(LOGITS, IN_TURN, 50, 5, 95);
    double[] byClass = InceptionScoreResamples.chunks(LOGITS, BY_CLASS, 50, 5, 95);
    assertThat(inTurn).containsExactly(chunksOfResamples(IN_TURN), within(1e-12));
    assertThat(byClass).containsExactly(chunksOfResamples(BY_CLASS), within(1e-12));
    assertThat(byClass).isNotEqualTo(inTurn);
  }

  private static double[] chunksOfResamples(int[] order) {
    return Bootstrap.draws(203, 5, 95)
        .mapToDouble(counts -> InceptionScore.chunks(rows(counts, order), IN_TURN, 50).mean())
        .toArray();
  }

  @Test
  void shuffled_anyNumberOfThreads_givesTheSameBits() {
    double[] one = Threads.with(1, () -> InceptionScoreResamples.shuffled(LOGITS, 10, 1, 7, 3));
    assertThat(Threads.with(3, () -> InceptionScoreResamples.shuffled(LOGITS, 10, 1, 7, 3)))
        .isEqualTo(one);
    assertThat(Arrays.stream(one).distinct()).hasSize(7);
  }

  @Test
  void noResamples_areNone() {
    assertThat(InceptionScoreResamples.chunks(LOGITS, IN_TURN, 50, 0, 95)).isEmpty();
  }
}
