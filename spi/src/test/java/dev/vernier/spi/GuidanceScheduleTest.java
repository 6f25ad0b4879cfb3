package dev.vernier.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuidanceScheduleTest {
  private static double[] scales(GuidanceSchedule schedule, double scale, int positions) {
    return IntStream.range(0, positions)
        .mapToDouble(position -> schedule.at(scale, position, positions))
        .toArray();
  }

  @Test
  void constant_isTheFullScaleEverywhere() {
    assertThat(scales(GuidanceSchedule.CONSTANT, 3, 4)).containsExactly(3, 3, 3, 3);
  }

  @Test
  void linear_risesByTheSameAtEveryPosition() {
    assertThat(scales(GuidanceSchedule.LINEAR, 3, 4)).containsExactly(1.5, 2, 2.5, 3);
  }

  @Test
  void cosine_risesAlongHalfACosine() {
    double eighth = Math.sqrt(0.5);
    assertThat(scales(GuidanceSchedule.COSINE, 3, 4))
        .containsExactly(new double[] {2 - eighth, 2, 2 + eighth, 3}, within(1e-12));
    assertThat(scales(GuidanceSchedule.COSINE, 3, 3))
        .containsExactly(new double[] {1.5, 2.5, 3}, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void everySchedule_endsAtTheFullScale_andLeavesNoGuidanceAlone(GuidanceSchedule schedule) {
    for (int positions : new int[] {1, 2, 256}) {
      assertThat(schedule.at(1.75, positions - 1, positions)).isCloseTo(1.75, within(1e-12));
      assertThat(scales(schedule, 1, positions)).containsOnly(1);
    }
  }

  /** Guidance below 1 weakens the class: it falls from there. */
  @Test
  void scaleBelowOne_falls() {
    assertThat(scales(GuidanceSchedule.LINEAR, 0, 4)).containsExactly(0.75, 0.5, 0.25, 0);
  }
}
