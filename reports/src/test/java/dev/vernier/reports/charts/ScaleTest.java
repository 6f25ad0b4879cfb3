package dev.vernier.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.reports.charts.Scale.Spacing;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static final double WIDTH = 200;

  private static List<String> ticks(Spacing spacing, double... numbers) {
    Scale scale = Scale.covering("label", spacing, DoubleStream.of(numbers));
    return scale.ticks(ScaleAxis.sideways(WIDTH)).stream().map(Scale.Tick::text).toList();
  }

  @Test
  void sizes_haveTicksAtPowersOfTwo_whateverSizesOccur() {
    assertThat(ticks(Spacing.POWERS_OF_TWO, 255, 1023, 4095))
        .containsExactly("256", "512", "1,024", "2,048", "4,096");
    assertThat(ticks(Spacing.POWERS_OF_TWO, 100)).containsExactly("128");
  }

  @Test
  void manySizes_haveEverySecondPower_soThatLabelsKeepApart() {
    assertThat(ticks(Spacing.POWERS_OF_TWO, 2048, 100_000, 262_144))
        .containsExactly("4,096", "16,384", "65,536", "262,144");
    Scale scale = Scale.covering("", Spacing.POWERS_OF_TWO, DoubleStream.of(2, 1 << 30));
    List<Scale.Tick> ticks = scale.ticks(ScaleAxis.sideways(WIDTH));
    assertThat(ticks).hasSizeGreaterThan(2);
    for (int i = 1; i < ticks.size(); i++) {
      double before = scale.position(ticks.get(i - 1).at()) * WIDTH;
      double at = scale.position(ticks.get(i).at()) * WIDTH;
      double halves =
          (Typeface.width(ticks.get(i - 1).text(), Typeface.TICK)
                  + Typeface.width(ticks.get(i).text(), Typeface.TICK))
              / 2;
      assertThat(at - before).isGreaterThan(halves);
    }
  }

  @Test
  void decades_haveOnesTwosAndFives_whereThereIsRoom() {
    assertThat(ticks(Spacing.DECADES, 1, 100))
        .containsExactly("1", "2", "5", "10", "20", "50", "100");
    assertThat(ticks(Spacing.DECADES, 0.01, 1_000_000))
        .containsExactly("0.01", "1", "100", "10,000", "1,000,000");
    assertThat(ticks(Spacing.DECADES, 0.91, 1.09)).contains("1.00").hasSizeGreaterThan(2);
  }

  @Test
  void linearOnes_areRound() {
    assertThat(ticks(Spacing.LINEAR, 0.76, 4.98)).contains("1.0", "1.5", "5.0");
    assertThat(ticks(Spacing.LINEAR, -3, 3)).contains("\u22122", "0", "2");
    assertThat(ticks(Spacing.LINEAR, 0.9321, 0.9347)).contains("0.9330", "0.9340");
    assertThat(ticks(Spacing.INTEGERS, 7, 9)).containsExactly("7", "8", "9");
    assertThat(ticks(Spacing.INTEGERS, 10)).containsExactly("10");
  }

  @Test
  void everyNumber_isInside() {
    for (Spacing spacing : Spacing.values()) {
      Scale scale = Scale.covering("", spacing, DoubleStream.of(3, 8, 700));
      assertThat(List.of(scale.position(3), scale.position(8), scale.position(700)))
          .isSorted()
          .allSatisfy(at -> assertThat(at).isBetween(0.01, 0.99));
    }
    Scale alone = Scale.covering("", Spacing.LINEAR, DoubleStream.of(0));
    assertThat(alone.position(0)).isEqualTo(0.5, within(1e-9));
  }
}
