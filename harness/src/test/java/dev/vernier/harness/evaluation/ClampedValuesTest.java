package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClampedValuesTest {
  /** What is said of values that are spread evenly from one to another. */
  private static List<String> notes(double lowest, double highest) {
    ClampedValues clamped = new ClampedValues();
    for (int part = 0; part < 2; part++) {
      float[] values = new float[1001];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (lowest + (highest - lowest) * i / 1000);
      }
      clamped.add(values);
    }
    return clamped.notes("mine");
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "-1.1, 1.1", "-1.4, 1.5", "0, 1", "1.1, 1.1", "0.2, 0.3"})
  void littleBeyond_isNotWorthALine(double lowest, double highest) {
    assertThat(notes(lowest, highest)).isEmpty();
  }

  /** A decoder that overshoots far, but seldom, has its range. */
  @Test
  void singleValues_areNotWorthALine() {
    ClampedValues clamped = new ClampedValues();
    float[] values = new float[10_000];
    values[17] = 500;
    clamped.add(values);
    assertThat(clamped.notes("mine")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 255, '0.00 to 255.00, 100%'",
    "-127.5, 127.5, '-127.50 to 127.50, 99%'",
    "-2.1, 2.6, '-2.10 to 2.60, 58%'",
    "1.2, 1.2, '1.20 to 1.20, 100%'"
  })
  void anotherRange_isSaid(double lowest, double highest, String extent) {
    assertThat(notes(lowest, highest))
        .containsExactly(
            "mine decodes to values from "
                + extent
                + " of them beyond [-1, 1], where they were clamped: if it means another range,"
                + " have it decode to [-1, 1]");
  }

  @Test
  void normalizedColours_areSaid() {
    ClampedValues clamped = new ClampedValues();
    Random random = new Random(1);
    float[] values = new float[10_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    clamped.add(values);
    assertThat(clamped.notes("mine")).hasSize(1);
  }

  @Test
  void withoutImages_nothingIsSaid() {
    assertThat(new ClampedValues().notes("mine")).isEmpty();
  }
}
