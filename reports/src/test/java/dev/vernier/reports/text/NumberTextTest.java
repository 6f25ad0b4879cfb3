package dev.vernier.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
  /** An interval shows a digit or two of its own, the number beside it seven at most. */
  @ParameterizedTest
  @CsvSource({
    "3.021, 0.4, 3",
    "235.9, 0, 1",
    "235.9, 0.035, 2",
    "235.9, 0.029, 3",
    "235.9, 1e-9, 4",
    "95.1, 0.0049, 3",
    "0.0123, 0.002, 5",
    "0, 0.1, 3",
    "123456, 7000, 0",
    "2.5, Infinity, 3"
  })
  void decimals_showTheNumberAndItsInterval(double size, double reach, int decimals) {
    assertThat(NumberText.decimals(size, reach)).isEqualTo(decimals);
    assertThat(NumberText.decimals(-size, reach)).isEqualTo(decimals);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0123, 0.012",
    "0.0494, 0.049",
    "0.0496, 0.0496",
    "0.0504, 0.0504",
    "0.04998, 0.04998",
    "0.05, 0.050",
    "0.0004, <0.001",
    "1, 1.000"
  })
  void pNearTheLevel_showsOnWhichSideItIs(double p, String text) {
    assertThat(NumberText.p(p)).isEqualTo(text);
  }
}
