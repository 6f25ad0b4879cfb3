package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FarSettingsTest {
  static List<GeneratorProvider> providers() {
    return FarTrainingTest.providers();
  }

  /** FAR-B (FQGAN, Bai et al. 2024). */
  @ParameterizedTest
  @MethodSource("providers")
  void paperScale_isThePublishedModel(GeneratorProvider provider) {
    Map<String, String> paper = new HashMap<>();
    for (Setting<?> each : provider.settings()) {
      each.at("paper").ifPresent(text -> paper.put(each.name(), text));
    }
    FarShape shape =
        Settings.of(provider.settings(), paper)
            .bind(FarSettings.class)
            .shape(List.of(new SubCodebook("code", 16_384)), 16, 16, 1000);
    assertThat(shape.width()).isEqualTo(1024);
    assertThat(shape.layers()).isEqualTo(24);
    assertThat(shape.heads()).isEqualTo(16);
    assertThat(shape.headLayers()).isEqualTo(3);
  }
}
