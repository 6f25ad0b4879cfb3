package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.engine.PaddedBatches;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    FarShape shape = shape(provider, atScale(provider, "paper"));
    assertThat(shape.width()).isEqualTo(1024);
    assertThat(shape.layers()).isEqualTo(24);
    assertThat(shape.heads()).isEqualTo(16);
    assertThat(shape.headLayers()).isEqualTo(3);
  }

  /** Cells of several sizes would all train the preset's under their own labels. */
  @ParameterizedTest
  @MethodSource("providers")
  void presets_goWithNoOtherSizes(GeneratorProvider provider) {
    for (String scale : List.of("none", "quick", "standard", "paper")) {
      Map<String, String> large = atScale(provider, scale);
      large.put("preset", "l");
      assertThat(shape(provider, large).layers()).isEqualTo(36);
      assertThat(shape(provider, large).width()).isEqualTo(1280);
      large.put("width", "512");
      assertThatThrownBy(() -> shape(provider, large))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("preset l has width 1280, layers 36, heads 20, ")
          .hasMessageContaining("given are width 512, ")
          .hasMessageEndingWith(": leave out the preset, or the sizes");
    }
    Map<String, String> paper = atScale(provider, "paper");
    paper.put("layers", "12");
    assertThat(shape(provider, paper).layers()).isEqualTo(12);
  }

  private static Settings settings(GeneratorProvider provider, String name, String value) {
    return Settings.of(provider.settings(), Map.of(name, value));
  }

  private static GeneratorContext context(int batch, int entries) {
    TokenizerSpec tokenizer =
        new TokenizerSpec(
            "any", new ImageSize(256, 256), 16, List.of(new SubCodebook("code", entries)), 8, 0);
    return new GeneratorContext(tokenizer, 1000, batch, 1, 1, false);
  }

  /** Zeros are a fault, which only published models need. */
  @ParameterizedTest
  @MethodSource("providers")
  void theClassTokensRow_isZero_forPublishedSizesAlone(GeneratorProvider provider) {
    assertThat(zeroClassRow(provider, Map.of())).isFalse();
    assertThat(zeroClassRow(provider, atScale(provider, "quick"))).isFalse();
    assertThat(zeroClassRow(provider, atScale(provider, "standard"))).isFalse();
    assertThat(zeroClassRow(provider, atScale(provider, "paper"))).isTrue();
    assertThat(zeroClassRow(provider, Map.of("preset", "b"))).isTrue();
    assertThat(zeroClassRow(provider, Map.of("preset", "b", "rotary-class-row", "identity")))
        .isFalse();
    assertThat(zeroClassRow(provider, Map.of("rotary-class-row", "zero"))).isTrue();
  }

  private static boolean zeroClassRow(GeneratorProvider provider, Map<String, String> given) {
    return shape(provider, given).zeroClassRow();
  }

  private static FarShape shape(GeneratorProvider provider, Map<String, String> given) {
    return Settings.of(provider.settings(), given)
        .bind(FarSettings.class)
        .shape(List.of(new SubCodebook("code", 16_384)), 16, 16, 1000);
  }

  private static Map<String, String> atScale(GeneratorProvider provider, String scale) {
    Map<String, String> own = new HashMap<>();
    for (Setting<?> each : provider.settings()) {
      each.at(scale).ifPresent(text -> own.put(each.name(), text));
    }
    return own;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void modelsLargerThanAnArray_areRefused(GeneratorProvider provider) {
    provider.check(settings(provider, "preset", "b"));
    assertThatThrownBy(() -> provider.check(settings(provider, "preset", "l")))
        .isInstanceOf(UsageException.class)
        .hasMessageMatching("far.*: [78]\\d{8} parameters .* 536870911 fit: .* preset b");
    // So many blocks just fit, without the tables of a tokenizer.
    Settings many =
        Settings.of(
            provider.settings(),
            Map.of("width", "2048", "heads", "8", "layers", "9", "head-layers", "1"));
    provider.check(many);
    assertThatThrownBy(() -> provider.create(many, context(1, 32_768)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("use fewer layers");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void batchesLargerThanAnArray_areRefused(GeneratorProvider provider) {
    Settings small = settings(provider, "width", "32");
    assertThatThrownBy(() -> provider.create(small, context(128, 16_384)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("256 positions of 16384 entries")
        .hasMessageEndingWith("127 images fit, lower the batch size");
    assertThatThrownBy(() -> provider.create(small, context(1, 4_000_000)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("of 1 image, 256 positions of 4000000 entries")
        .hasMessageEndingWith("take a tokenizer of fewer entries or positions");
  }

  /** What can be trained can be measured. */
  @Test
  void likelihoods_areLookedAtInBatchesThatFit() {
    assertThat(batches(16_384).size()).isEqualTo(16);
    assertThat(batches(262_144).size()).isEqualTo(7);
    assertThat(batches(2_000_000).size()).isEqualTo(1);
    assertThatThrownBy(() -> batches(4_000_000))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("256 positions of 4000000 entries");
  }

  private static PaddedBatches batches(int entries) {
    FarShape shape = Few.shape(List.of(new SubCodebook("code", entries)), 16, 16, 2);
    return new FarModel("far", shape, new FactorizedHead()).batches(16);
  }
}
