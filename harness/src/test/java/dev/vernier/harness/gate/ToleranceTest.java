package dev.vernier.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.MetricKind;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToleranceTest {
  @Test
  void kinds_areInUnitsOfTheMetric() {
    assertThat(new Tolerance(0.5, null, null).of(-20, Optional.empty())).contains(0.5);
    assertThat(new Tolerance(null, 0.01, null).of(-20, Optional.empty())).contains(0.2);
    assertThat(new Tolerance(null, null, 2.0).of(20, Optional.of(0.3))).contains(0.6);
    assertThat(new Tolerance(null, null, 2.0).of(20, Optional.empty())).isEmpty();
  }

  @Test
  void everyMetric_hasADefault() {
    assertThat(Arrays.stream(MetricKind.values()).map(Tolerance::byDefault)).doesNotContainNull();
  }

  /** Half of a 95% interval is 1.96 standard errors; the spread between trainings is added. */
  @Test
  void standardError_isThatOfImagesAndTrainings() {
    Measured number = new Measured("PSNR", 20, 19.412, 20.588, 100, "p", null, null);
    assertThat(number.standardError().orElseThrow()).isBetween(0.2999, 0.3001);
    assertThat(number.with(new Spread(0.4, 5)).standardError().orElseThrow())
        .isBetween(0.4999, 0.5001);
  }
}
