package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.GuidanceSchedule;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.SubCodebook;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final int POSITIONS = 6;
  private static final FarShape SHAPE =
      Few.shape(List.of(new SubCodebook("code", 2)), 2, POSITIONS / 2, 2);

  /**
   * The most probable entry at each position, guided by 4. Without the class the second leads by
   * 1.9, with it by 0.9: the first is ahead wherever the scale is above 1.9.
   */
  private static List<Integer> best(GuidanceSchedule schedule) {
    SamplingSettings settings =
        new SamplingSettings(List.of(new SamplingSettings.Draw(4, 1, 1, 1)), schedule, 1);
    Drawing drawing = new Drawing(SHAPE, settings, 0, 1);
    return IntStream.range(0, POSITIONS)
        .mapToObj(position -> drawing.draw(position, 0, new float[] {0, 0.9f, 0, 1.9f})[0])
        .toList();
  }

  @Test
  void guidance_followsTheSchedule() {
    assertThat(best(GuidanceSchedule.CONSTANT)).containsExactly(0, 0, 0, 0, 0, 0);
    // 1.5, 2 and on.
    assertThat(best(GuidanceSchedule.LINEAR)).containsExactly(1, 0, 0, 0, 0, 0);
    // 1.2, 1.75, 2.5 and on.
    assertThat(best(GuidanceSchedule.COSINE)).containsExactly(1, 1, 0, 0, 0, 0);
  }
}
