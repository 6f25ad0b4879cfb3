package dev.vernier.nets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executor;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InceptionProviderTest {
  private static final int SIDE = 24;
  @TempDir private static Path folder;
  private static Path file;

  private final List<String> progress = new ArrayList<>();

  @BeforeAll
  static void writeWeights() throws IOException {
    file = folder.resolve("inception.safetensors");
    GeneratedWeights.write(file, GeneratedWeights.shapes("inception"));
  }

  private FeatureExtractor open(Map<String, String> settings) throws IOException {
    InceptionProvider provider = new InceptionProvider();
    return provider.open(
        Settings.of(provider.settings(), settings),
        new FeatureContext(null, 0, folder, progress::add));
  }

  /** Images of whole grey levels, the first one with the levels that the reference saw. */
  private static INDArray images(int count) {
    float[] pixels = GeneratedWeights.uniform("image", count * 3 * SIDE * SIDE, 0, 256);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.floor(pixels[i]) / 127.5f - 1;
    }
    return Nd4j.createFromArray(pixels).reshape(count, 3, SIDE, SIDE);
  }

  @Test
  void featuresEqualTheReference_whateverTheBatch() throws IOException {
    try (FeatureExtractor extractor = open(Map.of("weights", file.toString()));
        INDArray three = images(3);
        INDArray one = images(1);
        Features all = extractor.extract(three);
        Features first = extractor.extract(one)) {
      assertThat(all.spatial().orElseThrow().shape()).containsExactly(3, 2048, 8, 8);
      assertThat(all.logits().orElseThrow().shape()).containsExactly(3, 1008);
      float[] pooled = Floats.all(first.pooled());
      assertThat(first.pooled().norm2Number().doubleValue()).isCloseTo(40.488562, within(1e-3));
      assertThat(first.spatial().orElseThrow().norm2Number().doubleValue())
          .isCloseTo(356.694295, within(1e-2));
      assertThat(first.logits().orElseThrow().norm2Number().doubleValue())
          .isCloseTo(40.669618, within(1e-3));
      assertThat(at(pooled, 0, 500, 800, 1200, 1500, 1700, 1900, 2047))
          .containsExactly(
              new float[] {
                0.339477f, 0.040485f, 1.114697f, 0.006076f, 0.654505f, 1.495832f, 0.196154f, 0
              },
              within(1e-4f));
      assertThat(at(Floats.all(first.logits().orElseThrow()), 0, 1, 500, 1007))
          .containsExactly(new float[] {3.026326f, 0.435631f, 1.312506f, 0.308610f}, within(1e-4f));
      assertThat(pooled).isEqualTo(Arrays.copyOf(Floats.all(all.pooled()), pooled.length));
      float[] spatial = Floats.all(first.spatial().orElseThrow());
      assertThat(spatial)
          .isEqualTo(Arrays.copyOf(Floats.all(all.spatial().orElseThrow()), spatial.length));
      extractor.idle();
      extractor.idle();
      try (Features again = extractor.extract(one)) {
        assertThat(Floats.all(again.pooled())).isEqualTo(pooled);
      }
      assertThat(extractor.spec().name()).isEqualTo("inception");
      assertThat(extractor.spec().published()).isFalse();
      assertThat(progress).singleElement().asString().contains("cannot be compared");
    }
  }

  /** Makes no program ready. */
  private static final class Failing implements Executor {
    private final List<Program> seen = new ArrayList<>();

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public List<Execution> compile(List<Program> programs, Parameters parameters) {
      seen.addAll(programs);
      throw new IllegalStateException("no memory");
    }
  }

  @Test
  void netThatCannotBeCompiled_releasesItsConstants() throws IOException {
    Failing executor = new Failing();
    FeatureSpec spec = new FeatureSpec("inception", 2048, 1008, 2048, "0", false);
    try (PublishedWeights weights = new PublishedWeights(file, InceptionNet.LANDMARK)) {
      assertThatThrownBy(() -> new InceptionFeatures(spec, InceptionInput.TF1, weights, executor))
          .hasMessage("no memory");
    }
    assertThat(executor.seen)
        .singleElement()
        .satisfies(
            program ->
                assertThatThrownBy(program::hold)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("are released"));
  }

  private static float[] at(float[] values, int... places) {
    float[] picked = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = values[places[i]];
    }
    return picked;
  }

  /** What TensorFlow's net calls mixed_6/conv is this layer of its port. */
  @Test
  void layout_isTheFirstSevenChannelsOfTheLayerOfSfid() throws IOException {
    String layer = "Mixed_6d.branch1x1";
    float[] weight = new float[192];
    Arrays.fill(weight, 7, 192, 1);
    float[] bias = new float[192];
    Arrays.fill(bias, 0, 7, 0.5f);
    Path constant = folder.resolve("constant.safetensors");
    GeneratedWeights.write(
        constant,
        GeneratedWeights.shapes("inception"),
        Map.of(layer + ".bn.weight", weight, layer + ".bn.bias", bias));
    try (FeatureExtractor extractor = open(Map.of("weights", file.toString()));
        FeatureExtractor levelled = open(Map.of("weights", constant.toString()));
        INDArray images = images(2);
        Features features = extractor.extract(images);
        Features level = levelled.extract(images)) {
      assertThat(features.layout().orElseThrow().shape()).containsExactly(2, 17 * 17 * 7);
      assertThat(Floats.all(level.layout().orElseThrow())).containsOnly(0.5f);
      float[] layout = Floats.all(features.layout().orElseThrow());
      assertThat(Arrays.copyOf(layout, 2023))
          .isNotEqualTo(Arrays.copyOfRange(layout, 2023, 2 * 2023));
    }
    Files.delete(constant);
  }

  @Test
  void wrongFile_isToldWithWhatDoesNotFit() throws IOException {
    Path wrong = folder.resolve("wrong.safetensors");
    GeneratedWeights.write(
        wrong,
        Map.of(
            "Conv2d_1a_3x3.conv.weight", new long[] {32, 3, 5, 5}, "AuxLogits.x", new long[] {1}));
    assertThatThrownBy(() -> open(Map.of("weights", wrong.toString())))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("missing [Conv2d_1a_3x3.bn.bias")
        .hasMessageContaining("left over [AuxLogits.x]")
        .hasMessageContaining("Conv2d_1a_3x3.conv.weight [32, 3, 5, 5] instead of [32, 3, 3, 3]");
    Files.delete(wrong);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf1", "torch", "clean"})
  void publishedResize_takesTheWaysOfPapers(String way) {
    InceptionProvider provider = new InceptionProvider();
    String setting = provider.publishedResize().orElseThrow();
    assertThat(Settings.of(provider.settings(), Map.of(setting, way)).asText())
        .containsEntry(setting, way);
  }

  @Test
  void lackOfWeights_isToldWithTheRemedy() {
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--weights-inception FILE");
  }

  @Test
  void providerIsRegistered() {
    assertThat(ServiceLoader.load(FeatureExtractorProvider.class))
        .anyMatch(each -> each.name().equals("inception") && !each.description().isEmpty());
  }
}
