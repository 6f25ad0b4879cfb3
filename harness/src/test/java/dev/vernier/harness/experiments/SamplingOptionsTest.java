package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.GuidanceSchedule;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingOptionsTest {
  private static final List<SubCodebook> TWO =
      List.of(new SubCodebook("visual", 16_384), new SubCodebook("semantic", 512));

  /** Of 16,384 the paper's table 4 takes 4,096 and 8,192. */
  @ParameterizedTest
  @CsvSource({"quarter, 4096, 128", "half, 8192, 256", "300, 300, 300"})
  void topK_isAShareOfEachSubCodebook_orANumber(String topK, int ofMany, int ofFew) {
    SamplingSettings settings = SamplingOptions.of(Map.of("top-k", topK)).of(TWO, 1);
    assertThat(settings.of(0).topK()).isEqualTo(ofMany);
    assertThat(settings.of(1).topK()).isEqualTo(ofFew);
  }

  /** As the published FAR draws: guidance 2.0 and 1.5, temperature 1.0 and 0.8. */
  @Test
  void eachSubCodebook_canHaveItsOwn_orAllTheSame() {
    Map<String, String> given =
        Map.of(
            "guidance", "2.0 / 1.5",
            "temperature", "1.0/0.8",
            "top-k", "quarter/300",
            "top-p", "0.9",
            "schedule", "cosine");
    assertThat(SamplingOptions.of(given).of(TWO, 7))
        .isEqualTo(
            new SamplingSettings(
                List.of(
                    new SamplingSettings.Draw(2, 1, 4096, 0.9),
                    new SamplingSettings.Draw(1.5, 0.8, 300, 0.9)),
                GuidanceSchedule.COSINE,
                7));
  }

  @ParameterizedTest
  @CsvSource({
    "guidance, 1/2/3, setting guidance has 3 values: give one for all sub-codebooks",
    "top-k, all/all/all, or one for each of the 2",
    "top-k, all/some, setting top-k cannot be",
    "temperature, 1/, setting temperature cannot be",
    "top-p, 0.5/1.5, 'it takes 0.0 to 1.0, or several'"
  })
  void listOfAnotherLength_orWithoutNumbers_isRefused(String name, String text, String words) {
    assertThatThrownBy(() -> SamplingOptions.of(Map.of(name, text)).of(TWO, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(words);
  }
}
