package dev.vernier.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoencoderSettingsTest {
  private static AutoencoderSettings settings(String multipliers) {
    return settings(Map.of("multipliers", multipliers));
  }

  private static AutoencoderSettings settings(Map<String, String> given) {
    return AutoencoderSettings.of(Settings.of(AutoencoderSettings.all(), given));
  }

  /** As if its loss had the adversarial weight, too. */
  @Test
  void theDiscriminatorsGradient_isClippedByItsWeight() {
    AutoencoderSettings clipped = settings(Map.of("adversarial-weight", "0.5"));
    assertThat(clipped.optimization(100).clip()).isEqualTo(1);
    assertThat(clipped.ofDiscriminator(100).clip()).isEqualTo(2);
    AutoencoderSettings not = settings(Map.of("adversarial-weight", "0.1", "gradient-clip", "0"));
    assertThat(not.ofDiscriminator(100).clip()).isZero();
  }

  @Test
  void groups_divideTheChannelsOfTheFirstLevel() {
    assertThatThrownBy(
            () -> settings(Map.of("channels", "12", "multipliers", "2,2", "groups", "8")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("groups 8 do not divide 12 channels");
  }

  @Test
  void batch_fitsIntoArrays() {
    AutoencoderSettings published =
        settings(Map.of("channels", "128", "multipliers", "1,1,2,2,4", "groups", "32"));
    ImageSize size = ImageSize.square(256);
    assertThatCode(() -> published.checkBatch(size, 63)).doesNotThrowAnyException();
    // 64 x 256 x 256 x 128 are 2^29 numbers of four bytes.
    assertThatThrownBy(() -> published.checkBatch(size, 64))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("at most 63 fit: lower batch-size");
  }

  @Test
  void decoder_entersALevelWithTheChannelsBelowIt() {
    AutoencoderSettings wide = settings(Map.of("channels", "128", "multipliers", "1,4"));
    assertThatThrownBy(() -> wide.checkBatch(ImageSize.square(256), 16))
        .hasMessageContaining("at most 15 fit");
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
