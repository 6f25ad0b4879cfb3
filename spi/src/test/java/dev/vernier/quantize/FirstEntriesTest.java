package dev.vernier.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FirstEntriesTest {
  private static VqSettings settings(int size, boolean l2Norm) {
    return new VqSettings(size, 2, l2Norm, 0.25, 0, VqSettings.Initialization.K_MEANS, 0);
  }

  /** Four tight groups of points around the corners of a square, in two batches. */
  private static float[] groups() {
    SplittableRandom random = new SplittableRandom(3);
    float[] points = new float[2 * 200];
    for (int n = 0; n < 200; n++) {
      points[2 * n] = (n % 2 == 0 ? 1 : -1) + 0.01f * (float) random.nextDouble();
      points[2 * n + 1] = (n % 4 < 2 ? 3 : -3) + 0.01f * (float) random.nextDouble();
    }
    SeenEncodings seen = new SeenEncodings();
    seen.add(Arrays.copyOf(points, 100));
    seen.add(Arrays.copyOfRange(points, 100, 400));
    return seen.take();
  }

  @Test
  void entries_areTheMeansOfTheirPoints() {
    float[] entries = FirstEntries.of(groups(), settings(16, false), new SplittableRandom(1));
    for (float[] corner : new float[][] {{1, 3}, {1, -3}, {-1, 3}, {-1, -3}}) {
      double nearest =
          IntStream.range(0, 16).mapToDouble(k -> distance(entries, k, corner)).min().orElseThrow();
      assertThat(nearest).isLessThan(0.02);
    }
  }

  private static double distance(float[] entries, int k, float[] to) {
    return Math.hypot(entries[2 * k] - to[0], entries[2 * k + 1] - to[1]);
  }

  @Test
  void directions_haveUnitLength() {
    float[] entries = FirstEntries.of(groups(), settings(8, true), new SplittableRandom(1));
    for (int k = 0; k < 8; k++) {
      assertThat(Math.hypot(entries[2 * k], entries[2 * k + 1])).isCloseTo(1, Offset.offset(1e-5));
    }
  }

  @Test
  void moreEntriesThanPoints_everyPointIsOne_andNoTwoAreTheSame() {
    float[] points = {1, 0, 0, 1, -1, 0};
    float[] entries = FirstEntries.of(points, settings(10, false), new SplittableRandom(1));
    List<List<Float>> rows =
        IntStream.range(0, 10).mapToObj(k -> List.of(entries[2 * k], entries[2 * k + 1])).toList();
    assertThat(rows).contains(List.of(1f, 0f), List.of(0f, 1f), List.of(-1f, 0f));
    assertThat(rows).doesNotHaveDuplicates();
  }

  @Test
  void theSameSeed_givesTheSameEntries() {
    float[] one = FirstEntries.of(groups(), settings(16, true), new SplittableRandom(1));
    assertThat(FirstEntries.of(groups(), settings(16, true), new SplittableRandom(1)))
        .isEqualTo(one);
    assertThat(FirstEntries.of(groups(), settings(16, true), new SplittableRandom(2)))
        .isNotEqualTo(one);
  }
}
