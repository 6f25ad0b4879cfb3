package dev.vernier.reports.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void pValues_equalTheHandComputation() {
    // Ascending 0.005, 0.01, 0.03, 0.04, 0.5 times 5, 4, 3, 2, 1; 0.08 is raised to the 0.09
    // before.
    List<Optional<Double>> corrected =
        Holm.correct(
            List.of(
                Optional.of(0.01),
                Optional.of(0.04),
                Optional.of(0.03),
                Optional.empty(),
                Optional.of(0.005),
                Optional.of(0.5)));
    double[] expected = {0.04, 0.09, 0.09, 0.025, 0.5};
    double[] present =
        corrected.stream().flatMap(Optional::stream).mapToDouble(Double::doubleValue).toArray();
    assertThat(present).containsExactly(expected, within(1e-12));
    assertThat(corrected.get(3)).isEmpty();
  }

  @Test
  void correctedValues_areNeverAboveOne() {
    assertThat(Holm.correct(List.of(Optional.of(0.7), Optional.of(0.8))))
        .containsExactly(Optional.of(1.0), Optional.of(1.0));
  }
}
