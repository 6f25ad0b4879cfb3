package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsedOptionsTest {
  @Test
  void usedOptions_areTakenOverTheDefaults() {
    Map<String, String> given =
        Map.of("bootstrap", "7", "data.image-size", "8", "lpips.weights", "w", "features.x", "y");
    assertThat(UsedOptions.SCORE.of(given))
        .containsAllEntriesOf(given)
        .containsEntry("data", "synthetic")
        .containsEntry("features", "dataset");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"steps", "images", "seeds", "teacher", "teacher.side", "perceptual.weights"})
  void unusedOption_isRefused(String key) {
    assertThatThrownBy(() -> UsedOptions.SCORE.of(Map.of(key, "5")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(" does not use the setting " + key)
        .hasMessageContaining("bootstrap, data, features")
        .hasMessageContaining("lpips.");
  }

  @Test
  void misspeltOption_getsTheNearest() {
    assertThatThrownBy(() -> UsedOptions.SCORE.of(Map.of("bootstap", "5")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("did you mean 'bootstrap'");
  }
}
