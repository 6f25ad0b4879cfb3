package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.program.Graph;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FarSettingsTest {
  private static final List<SubCodebook> DUAL =
      List.of(new SubCodebook("visual", 16_384), new SubCodebook("semantic", 16_384));

  /** FAR-B and FAR-L (FQGAN, Bai et al. 2024) on two sub-codebooks of 16,384 entries. */
  private static final FarShape FAR_B = far(1024, 24, 16, 3);

  private static final FarShape FAR_L = far(1280, 36, 20, 4);

  static List<GeneratorProvider> providers() {
    return FarTrainingTest.providers();
  }

  private static FarShape far(int width, int layers, int heads, int headLayers) {
    return new FarShape(DUAL, 16, 16, 1000, width, layers, heads, headLayers, 256, true);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void presetsAndPaperScale_areThePublishedModels(GeneratorProvider provider) {
    assertThat(shape(provider, atScale(provider, "paper"), DUAL)).isEqualTo(FAR_B);
    assertThat(shape(provider, Map.of("preset", "b"), DUAL)).isEqualTo(FAR_B);
    assertThat(shape(provider, Map.of("preset", "l"), DUAL)).isEqualTo(FAR_L);
    assertThat(FAR_B.hidden()).isEqualTo(2816);
    assertThat(FAR_L.hidden()).isEqualTo(3584);
  }

  /** All of FAR's arrays, counted from the layers of its class. */
  @ParameterizedTest
  @CsvSource({"b, 1024, 2816, 24, 3", "l, 1280, 3584, 36, 4"})
  void far_hasThePublishedArrays(
      String preset, long width, long hidden, int layers, int headLayers) {
    FarProvider provider = new FarProvider();
    Graph graph = model(provider, shape(provider, Map.of("preset", preset), DUAL)).graph();
    long block = 4 * width * width + 3 * width * hidden + 2 * width;
    long embedding = 2 * 16_384 * width + 1001 * width + 2 * width * width + width;
    assertThat(graph.trainedValues())
        .isEqualTo((layers + headLayers) * block + embedding + width + 2 * 16_384 * width);
  }

  /** With one sub-codebook the trunks are those of GPT-L, 343M, and GPT-XL, 775M, of LlamaGen. */
  @ParameterizedTest
  @CsvSource({"b, 343", "l, 775"})
  void linearClassifierOfOneSubCodebook_isLlamaGen(String preset, long millions) {
    FarLinearProvider provider = new FarLinearProvider();
    Graph graph = model(provider, shape(provider, Map.of("preset", preset))).graph();
    assertThat(Math.round(graph.trainedValues() / 1e6)).isEqualTo(millions);
  }

  private static FarModel model(FarFamily family, FarShape shape) {
    return new FarModel(family.name(), shape, family.head());
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
    return shape(provider, given, List.of(new SubCodebook("code", 16_384)));
  }

  private static FarShape shape(
      GeneratorProvider provider, Map<String, String> given, List<SubCodebook> codebooks) {
    return Settings.of(provider.settings(), given)
        .bind(FarSettings.class)
        .shape(codebooks, 16, 16, 1000);
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
    assertBatchRefused(
        provider,
        small,
        context(128, 16_384),
        "256 positions of 16384 entries",
        "127 images fit, lower the batch size");
    assertBatchRefused(
        provider,
        small,
        context(1, 4_000_000),
        "of 1 image, 256 positions of 4000000 entries",
        "take a tokenizer of fewer entries or positions");
    provider.checkBatch(small, context(127, 16_384).tokenizer(), 127);
  }

  /** In words that contain some and end with others, both beforehand and when it is created. */
  private static void assertBatchRefused(
      GeneratorProvider provider,
      Settings settings,
      GeneratorContext context,
      String words,
      String end) {
    for (ThrowingCallable each :
        List.<ThrowingCallable>of(
            () -> provider.checkBatch(settings, context.tokenizer(), context.batchSize()),
            () -> provider.create(settings, context))) {
      assertThatThrownBy(each)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(words)
          .hasMessageEndingWith(end);
    }
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

  /** As FAR's and LlamaGen's training scripts have them. */
  @ParameterizedTest
  @MethodSource("providers")
  void paperScale_hasThePublishedTraining(GeneratorProvider provider) {
    FarSettings paper =
        Settings.of(provider.settings(), atScale(provider, "paper")).bind(FarSettings.class);
    assertThat(paper.learningRate()).isEqualTo(1e-4);
    assertThat(paper.weightDecay()).isEqualTo(0.05);
    assertThat(paper.clip()).isEqualTo(1);
    assertThat(paper.dropout()).isEqualTo(0.1);
    assertThat(paper.classDropout()).isEqualTo(0.1);
  }
}
