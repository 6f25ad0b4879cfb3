package dev.vernier.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {
  private static String written(String value) {
    return CsvText.of(List.of("a"), List.of(Map.of("a", value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1..1", "-0.5", "+3", "-1e-05", "-1.5..-0.25", "-Infinity", "0..255"})
  void numbersAndRanges_stayAsTheyAre(String value) {
    assertThat(written(value)).isEqualTo("a\n" + value + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1..1+A1", "-1..", "-A1", "=1..2", "+cmd", "@SUM(1)", "-1..1..1", "-"})
  void formulas_haveAnApostropheBeforeThem(String value) {
    assertThat(written(value)).isEqualTo("a\n'" + value + "\n");
  }
}
