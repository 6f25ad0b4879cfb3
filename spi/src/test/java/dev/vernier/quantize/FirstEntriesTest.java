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

  private static float[] entries(VqSettings settings, long seed, float[]... batches) {
    FirstEntries first = new FirstEntries(settings);
    for (float[] batch : batches) {
      first.see(batch.clone());
    }
    return first.take(new SplittableRandom(seed));
  }

  /** Four tight groups of points around the corners of a square, in two batches. */
  private static float[][] groups() {
    SplittableRandom random = new SplittableRandom(3);
    float[] points = new float[2 * 200];
    for (int n = 0; n < 200; n++) {
      points[2 * n] = (n % 2 == 0 ? 1 : -1) + 0.01f * (float) random.nextDouble();
      points[2 * n + 1] = (n % 4 < 2 ? 3 : -3) + 0.01f * (float) random.nextDouble();
    }
    return new float[][] {Arrays.copyOf(points, 100), Arrays.copyOfRange(points, 100, 400)};
  }

  private static List<List<Float>> rows(float[] entries) {
    return IntStream.range(0, entries.length / 2)
        .mapToObj(k -> List.of(entries[2 * k], entries[2 * k + 1]))
        .toList();
  }

  @Test
  void entries_areTheMeansOfTheirPoints() {
    float[] entries = entries(settings(16, false), 1, groups());
    for (float[] corner : new float[][] {{1, 3}, {1, -3}, {-1, 3}, {-1, -3}}) {
      double nearest =
          IntStream.range(0, 16).mapToDouble(k -> distance(entries, k, corner)).min().orElseThrow();
      assertThat(nearest).isLessThan(0.02);
    }
  }

  private static double distance(float[] entries, int k, float[] to) {
    return Math.hypot(entries[2 * k] - to[0], entries[2 * k + 1] - to[1]);
  }

  private static void assertDirections(float[] entries) {
    for (int k = 0; k < entries.length / 2; k++) {
      assertThat(Math.hypot(entries[2 * k], entries[2 * k + 1])).isCloseTo(1, Offset.offset(1e-5));
    }
  }

  @Test
  void directions_haveUnitLength() {
    assertDirections(entries(settings(8, true), 1, groups()));
    assertDirections(entries(settings(10, true), 1, new float[] {1, 0, 0, 1, -1, 0}));
  }

  @Test
  void moreEntriesThanPoints_everyPointIsOne_andNoTwoAreTheSame() {
    float[] entries = entries(settings(10, false), 1, new float[] {1, 0, 0, 1, -1, 0});
    assertThat(rows(entries)).contains(List.of(1f, 0f), List.of(0f, 1f), List.of(-1f, 0f));
    assertThat(rows(entries)).doesNotHaveDuplicates();
  }

  @Test
  void pointsThatRepeat_countOnce() {
    float[] points = new float[2 * 1000];
    // Nine in ten are the same: a thousand points of 100 kinds.
    for (int n = 0; n < 1000; n++) {
      points[2 * n] = n % 10 == 0 ? n / 10 : 0;
    }
    float[] all = entries(settings(100, false), 1, points);
    assertThat(rows(all)).doesNotHaveDuplicates();
    assertThat(rows(all)).contains(List.of(0f, 0f), List.of(1f, 0f), List.of(99f, 0f));
  }

  @Test
  void furtherBatches_areWanted_untilThereAreAsManyDistinctPointsAsEntries() {
    FirstEntries few = new FirstEntries(settings(4, false));
    FirstEntries many = new FirstEntries(settings(40, false));
    for (int batch = 0; batch < 39; batch++) {
      assertThat(few.wantsMore()).isEqualTo(batch < 15);
      assertThat(many.wantsMore()).isTrue();
      few.see(new float[] {batch, 1, 0, 0});
      many.see(new float[] {batch + 1, 1, 0, 0});
    }
    assertThat(many.wantsMore()).isFalse();
  }

  @Test
  void theSameDirection_isNoFurtherPoint() {
    FirstEntries first = new FirstEntries(settings(2, true));
    for (int batch = 1; batch < 30; batch++) {
      first.see(new float[] {3 * batch, 0});
    }
    assertThat(first.wantsMore()).isTrue();
    first.see(new float[] {0, 1});
    assertThat(first.wantsMore()).isFalse();
  }

  @Test
  void theSameSeed_givesTheSameEntries() {
    float[] one = entries(settings(16, true), 1, groups());
    assertThat(entries(settings(16, true), 1, groups())).isEqualTo(one);
    assertThat(entries(settings(16, true), 2, groups())).isNotEqualTo(one);
  }
}
