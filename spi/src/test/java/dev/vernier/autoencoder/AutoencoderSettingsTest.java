package dev.vernier.autoencoder;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoencoderSettingsTest {
  private static AutoencoderSettings settings(String multipliers) {
    return AutoencoderSettings.of(
        Settings.of(AutoencoderSettings.all(), Map.of("multipliers", multipliers)));
  }

  @Test
  void imagesThatAreNoSquares_needSidesThatCanBeHalved() {
    ImageSize size = new ImageSize(54, 96);
    assertThatCode(() -> settings("1,2").check(size)).doesNotThrowAnyException();
    assertThatThrownBy(() -> settings("1,2,2").check(size))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("images of 54 x 96 pixels cannot be halved 2 times")
        .hasMessageContaining("multiples of 4");
  }
}
