package dev.vernier.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.Series;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineStylesTest {
  private static Panel panel(String... names) {
    List<Series> lines = Stream.of(names).map(name -> new Series(name, List.of())).toList();
    return new Panel("title", "y", Axis.SIZE, lines, true);
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
}
