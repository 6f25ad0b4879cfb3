package dev.vernier.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.reports.charts.Method.Origin;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineStylesTest {
  private static Method measured(String label, String family) {
    return new Method(label, family, Origin.MEASURED);
  }

  private static Method published(String label) {
    return new Method(label, label, Origin.PUBLISHED);
  }

  private static LineStyle style(LineStyles styles, Method method) {
    Line line = new Line(method, "", Line.Form.JOINED, List.of());
    return styles.of(line, List.of(line));
  }

  private static LineStyle alone(Method method) {
    return style(LineStyles.of(List.of(method)), method);
  }

  @Test
  void aFamily_looksAlike_whoeverMeasuredItAndWhateverElseIsDrawn() {
    Method mine = measured("Our LFQ at 18 bits", "lfq");
    Method theirs = published("LFQ (Open-MAGVIT2)");
    LineStyles styles =
        LineStyles.of(List.of(measured("A", "a"), measured("VQGAN", "vqgan"), mine, theirs));
    assertThat(style(styles, mine)).isEqualTo(alone(measured("LFQ", "lfq")));
    assertThat(style(styles, theirs)).isEqualTo(style(styles, mine).asHollow());
    assertThat(style(styles, theirs)).isEqualTo(alone(theirs));
    assertThat(alone(published("VQ (LlamaGen)")))
        .isEqualTo(alone(measured("VQGAN", "vqgan")).asHollow());
    for (String label : List.of("FQGAN-Dual", "FQGAN-Triple", "VQ-LC")) {
      assertThat(alone(published(label))).isEqualTo(alone(measured(label, label)).asHollow());
    }
  }

  @Test
  void ofSeveralOfAFamily_oneWithItsNameLooksLikeIt() {
    Method variant = measured("FQGAN-Dual without adapters", "fqgan-dual");
    Method named = measured("FQGAN-Dual", "fqgan-dual");
    LineStyles styles = LineStyles.of(List.of(variant, named));
    assertThat(style(styles, named)).isEqualTo(alone(named));
    assertThat(style(styles, variant).colour()).isNotEqualTo(style(styles, named).colour());
    assertThat(style(styles, variant).marker()).isNotEqualTo(style(styles, named).marker());
  }

  @Test
  void unknownMethods_lookLikeNothingElse() {
    List<Method> methods =
        Stream.concat(
                Stream.of("vqgan", "vq-lc", "lfq", "fqgan-dual", "fqgan-triple", "fqgan")
                    .map(name -> measured(name, name)),
                IntStream.range(0, 20).mapToObj(i -> measured("m" + i, "m" + i)))
            .toList();
    LineStyles styles = LineStyles.of(methods);
    assertThat(
            methods.stream()
                .map(each -> style(styles, each))
                .map(s -> List.of(s.colour(), s.marker())))
        .doesNotHaveDuplicates();
    assertThat(methods.stream().limit(8).map(each -> style(styles, each).colour()))
        .doesNotHaveDuplicates();
    assertThat(methods.stream().limit(8).map(each -> style(styles, each).marker()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aGivenCheckpointOfAFamily_isToldFromItsTrainedOne() {
    Method trained = measured("VQGAN", "vqgan");
    Method given = measured("VQ (LlamaGen)", "vqgan");
    LineStyles styles = LineStyles.of(List.of(trained, given));
    assertThat(style(styles, given).resembles(style(styles, trained))).isFalse();
  }

  @Test
  void partsOfAMethod_differInTheirDashes() {
    Method method = measured("FQGAN-Dual", "fqgan-dual");
    LineStyles styles = LineStyles.of(List.of(method));
    Line first = new Line(method, "semantic", Line.Form.CURVE, List.of());
    Line second = new Line(method, "visual", Line.Form.CURVE, List.of());
    List<Line> panel = List.of(first, second);
    assertThat(styles.of(first, panel).colour()).isEqualTo(styles.of(second, panel).colour());
    assertThat(styles.of(first, panel).dash()).isNotEqualTo(styles.of(second, panel).dash());
    assertThat(first.name()).isEqualTo("FQGAN-Dual, semantic");
  }

  @Test
  void theFloor_isGreyAndTakesNoStyleFromTheMethods() {
    Method floor = new Method("LBG", "lbg", Origin.FLOOR);
    Method other = measured("A", "a");
    LineStyle grey = style(LineStyles.of(List.of(floor, other)), floor);
    assertThat(List.of(grey.colour().getGreen(), grey.colour().getBlue()))
        .containsOnly(grey.colour().getRed());
    assertThat(grey.fill()).isEqualTo(Color.WHITE);
    assertThat(style(LineStyles.of(List.of(floor, other)), other)).isEqualTo(alone(other));
  }

  /**
   * Linear light as a reader with a colour deficiency sees it (Machado et al. 2009, severity 1).
   */
  private static final List<double[][]> SIGHT =
      List.of(
          new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          new double[][] {
            {0.367322, 0.860646, -0.227968},
            {0.280085, 0.672501, 0.047413},
            {-0.011820, 0.042940, 0.968881}
          },
          new double[][] {
            {0.152286, 1.052583, -0.204868},
            {0.114503, 0.786281, 0.099216},
            {-0.003882, -0.048116, 1.051998}
          },
          new double[][] {
            {1.255528, -0.076749, -0.178779},
            {-0.078411, 0.930809, 0.147602},
            {0.004733, 0.691367, 0.303900}
          });

  @Test
  void coloursOfThePapersFamilies_differForEveryEyeAndInGrey() {
    List<Color> colours =
        Stream.of("vqgan", "vq-lc", "lfq", "fqgan-dual", "fqgan-triple")
            .map(name -> alone(measured(name, name)).colour())
            .toList();
    for (int i = 0; i < colours.size(); i++) {
      for (int j = 0; j < i; j++) {
        for (double[][] sight : SIGHT) {
          assertThat(distance(lab(colours.get(i), sight), lab(colours.get(j), sight)))
              .isGreaterThan(15);
        }
        double[] one = lab(colours.get(i), SIGHT.get(0));
        double[] other = lab(colours.get(j), SIGHT.get(0));
        assertThat(Math.abs(one[0] - other[0])).as("lightness").isGreaterThan(7);
      }
    }
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(IntStream.range(0, 3).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).sum());
  }

  /** CIELAB of a colour. */
  private static double[] lab(Color colour, double[][] sight) {
    double[] light =
        IntStream.of(colour.getRed(), colour.getGreen(), colour.getBlue())
            .mapToDouble(c -> c / 255.0)
            .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
            .toArray();
    double[] seen =
        Stream.of(sight)
            .mapToDouble(row -> row[0] * light[0] + row[1] * light[1] + row[2] * light[2])
            .map(c -> Math.max(0, Math.min(1, c)))
            .toArray();
    double x = root((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
    double y = root(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
    double z = root((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double root(double t) {
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
  }
}
