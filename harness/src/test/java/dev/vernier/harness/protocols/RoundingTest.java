package dev.vernier.harness.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoundingTest {
  /** Of the 256 levels as floats, how many come back another one: found by running the scripts. */
  @ParameterizedTest
  @CsvSource({"HALF_UP, 0", "TRUNCATED, 95"})
  void levels_thatDoNotSurvive_areThoseOfTheScript(Rounding rounding, int lost) {
    long changed = IntStream.range(0, 256).filter(i -> rounding.level(value(i)) != i).count();
    assertThat(changed).isEqualTo(lost);
  }

  @Test
  void truncated_neverRaises() {
    for (Rounding rounding : new Rounding[] {Rounding.TRUNCATED, Rounding.TRUNCATED_RESCALED}) {
      for (int i = 0; i < 256; i++) {
        assertThat(rounding.level(value(i))).isBetween(i - 1f, (float) i);
      }
    }
  }

  private static float value(int level) {
    return (float) (level / 127.5 - 1);
  }

  @Test
  void halfUp_half_goesUp() {
    assertThat(Rounding.HALF_UP.level(0)).isEqualTo(128);
  }

  @ParameterizedTest
  @EnumSource
  void valuesBeyond_areClamped(Rounding rounding) {
    assertThat(rounding.level(-1.7f)).isZero();
    assertThat(rounding.level(1.01f)).isEqualTo(255);
  }
}
