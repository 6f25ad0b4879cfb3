package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.SubCodebook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingOptionsTest {
  /** Of 16,384 the paper's table 4 takes 4,096 and 8,192. */
  @ParameterizedTest
  @CsvSource({"quarter, 4096, 128", "half, 8192, 256", "300, 300, 300"})
  void topK_isAShareOfEachSubCodebook_orANumber(String topK, int ofMany, int ofFew) {
    SamplingSettings settings =
        SamplingOptions.of(Map.of("top-k", topK))
            .of(List.of(new SubCodebook("visual", 16_384), new SubCodebook("semantic", 512)), 1);
    assertThat(settings.of(0).topK()).isEqualTo(ofMany);
    assertThat(settings.of(1).topK()).isEqualTo(ofFew);
  }
}
