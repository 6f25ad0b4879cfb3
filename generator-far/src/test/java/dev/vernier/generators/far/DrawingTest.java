package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

  /** How often each of four entries is drawn whose logits stand for 0.4, 0.3, 0.2 and 0.1. */
  private static double[] shares(int subCodebook) {
    int images = 4000;
    List<SubCodebook> codebooks =
        IntStream.range(0, 3).mapToObj(i -> new SubCodebook("code-" + i, 4)).toList();
    List<SamplingSettings.Draw> draws =
        List.of(
            new SamplingSettings.Draw(1, 0.5, 0, 1),
            new SamplingSettings.Draw(1, 1, 2, 1),
            new SamplingSettings.Draw(1, 1, 0, 0.35));
    Drawing drawing =
        new Drawing(
            Few.shape(codebooks, 1, 1, 2),
            new SamplingSettings(draws, GuidanceSchedule.CONSTANT, 1),
            0,
            images);
    float[] logits = new float[4 * images];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(0.4 - 0.1 * (i % 4));
    }
    double[] shares = new double[4];
    for (int entry : drawing.draw(0, subCodebook, logits)) {
      shares[entry] += 1.0 / images;
    }
    return shares;
  }

  @Test
  void temperatureAndCutOffs_areThoseOfTheSubCodebook() {
    // A temperature of 1/2 squares.
    assertThat(shares(0))
        .containsExactly(new double[] {16 / 30.0, 9 / 30.0, 4 / 30.0, 1 / 30.0}, within(0.03));
    assertThat(shares(1)).containsExactly(new double[] {4 / 7.0, 3 / 7.0, 0, 0}, within(0.03));
    assertThat(shares(2)).containsExactly(new double[] {1, 0, 0, 0}, within(1e-9));
  }
}
