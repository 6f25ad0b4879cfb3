package dev.vernier.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineStylesTest {
  private static Panel panel(String... names) {
    return panel(Set.of(), names);
  }

  private static Panel panel(Set<String> floor, String... names) {
    List<Series> lines = Stream.of(names).map(name -> new Series(name, List.of())).toList();
    return new Panel("title", "y", Axis.SIZE, lines, floor, true);
  }

  @Test
  void givesEveryLineOfAPanelItsLook_beyondTheColours() {
    String[] names = IntStream.range(0, 20).mapToObj(i -> "m" + i + ".").toArray(String[]::new);
    LineStyles styles = LineStyles.of(List.of(panel(names)));
    assertThat(Stream.of(names).map(name -> List.of(styles.colour(name), styles.marker(name))))
        .doesNotHaveDuplicates();
  }

  @Test
  void looksAlike_whereAPublishedNameAddsToAMeasuredOne() {
    LineStyles styles =
        LineStyles.of(
            List.of(panel("VQGAN", "LFQ", "FQGAN-Dual"), panel("LFQ (published)", "FQGAN", "VQ")));
    assertThat(styles.colour("LFQ (published)")).isEqualTo(styles.colour("LFQ"));
    assertThat(styles.colour("FQGAN")).isEqualTo(styles.colour("FQGAN-Dual"));
  }

  @Test
  void tellsNamesApart_withinOnePanel() {
    LineStyles styles = LineStyles.of(List.of(panel("FQGAN", "FQGAN-Dual")));
    assertThat(styles.colour("FQGAN")).isNotEqualTo(styles.colour("FQGAN-Dual"));
  }

  @Test
  void floor_looksTheSameInEveryPanelAndLikeNoMethod() {
    Set<String> floor = Set.of("LBG");
    Panel first = panel(floor, "VQGAN", "LBG", "LFQ");
    LineStyles styles = LineStyles.of(List.of(first, panel(floor, "LBG"), panel("LBG-like")));
    LineStyles other = LineStyles.of(List.of(panel(floor, "LBG", "LFQ")));
    assertThat(styles.colour("LBG")).isEqualTo(other.colour("LBG"));
    assertThat(styles.marker("LBG")).isEqualTo(other.marker("LBG"));
    assertThat(List.of("VQGAN", "LFQ", "LBG-like"))
        .allSatisfy(
            name -> {
              assertThat(styles.colour(name)).isNotEqualTo(styles.colour("LBG"));
              assertThat(styles.marker(name)).isNotEqualTo(styles.marker("LBG"));
              assertThat(styles.fill(name, true)).isEqualTo(styles.colour(name));
            });
    Color grey = styles.colour("LBG");
    assertThat(List.of(grey.getGreen(), grey.getBlue())).containsOnly(grey.getRed());
    assertThat(styles.fill("LBG", true)).isEqualTo(Color.WHITE);
    assertThat(dashes(styles, "LBG")).isNotNull();
    assertThat(dashes(styles, "VQGAN")).isNull();
  }

  @Test
  void floor_takesNoColourFromTheMethods() {
    LineStyles with = LineStyles.of(List.of(panel(Set.of("LBG"), "LBG", "VQGAN", "LFQ")));
    LineStyles without = LineStyles.of(List.of(panel("VQGAN", "LFQ")));
    assertThat(with.colour("VQGAN")).isEqualTo(without.colour("VQGAN"));
    assertThat(with.colour("LFQ")).isEqualTo(without.colour("LFQ"));
  }

  private static float[] dashes(LineStyles styles, String name) {
    return ((BasicStroke) styles.stroke(name, true)).getDashArray();
  }
}
