package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FarFileTest {
  @TempDir private Path folder;

  /** A checkpoint as others would save it, which says nothing of itself. */
  private Path published(
      int subTokens, Head head, String prefix, Map<String, Safetensors.Tensor> further)
      throws IOException {
    Path file = folder.resolve("published.safetensors");
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>(further);
    FarModel model = new FarModel("any", Few.shape(subTokens, true), head);
    try (Parameters parameters = Few.parameters(model, 3)) {
      for (String name : parameters.names()) {
        tensors.put(
            prefix + name,
            new Safetensors.Tensor(parameters.get(name).shape(), Floats.all(parameters.get(name))));
      }
    }
    Safetensors.write(file, tensors, Map.of());
    return file;
  }

  private static Settings settings(Map<String, String> further) {
    Map<String, String> given = new HashMap<>(Few.sizes(Map.of("published-grid", "2")));
    given.putAll(further);
    return Settings.of(new FarProvider().settings(), given);
  }

  @ParameterizedTest
  @CsvSource({
    "2, '', visual semantic",
    "2, model., visual semantic",
    "3, module., visual middle high",
    "1, model., code"
  })
  void publishedFiles_areSeenThrough(int subTokens, String prefix, String names)
      throws IOException {
    Path file = published(subTokens, new FactorizedHead(), prefix, Map.of());
    try (Generator generator = new FarProvider().load(settings(Map.of()), file)) {
      GeneratorSpec spec = generator.spec();
      assertThat(spec.subCodebooks().stream().map(SubCodebook::name))
          .containsExactly(names.split(" ", -1));
      assertThat(spec.classes()).isEqualTo(2);
      assertThat(spec.gridHeight()).isEqualTo(2);
    }
  }

  /**
   * Without dropped classes a file has no row for none, which no shape shows; nor does one show
   * heads.
   */
  @Test
  void whatAFileDoesNotSay_isSaid() throws IOException {
    Path file = published(2, new FactorizedHead(), "", Map.of());
    assertThat(new FarProvider().assumptions(settings(Map.of()), file))
        .containsExactly(
            file
                + " does not say whether classes were dropped in training: the last of its 3 is taken"
                + " to mean no class",
            file + " does not say how many heads attend: 2 are taken (setting heads)",
            file
                + " does not say how many positions it has: a grid of 2 x 2 is taken (setting"
                + " published-grid)");
    FarModel model = new FarModel("far", Few.shape(2, true), new FactorizedHead());
    try (Parameters parameters = Few.parameters(model, 3);
        Generator generator = FarGenerator.of(model, 0.1, parameters::get)) {
      generator.save(folder);
    }
    assertThat(new FarProvider().assumptions(settings(Map.of()), folder)).isEmpty();
  }

  @Test
  void aGridOfNoPositions_isRefused() throws IOException {
    Safetensors.Tensor table = new Safetensors.Tensor(new long[] {1, 4, 2}, new float[8]);
    Path file = published(2, new FactorizedHead(), "", Map.of("freqs_cis", table));
    assertThatThrownBy(() -> new FarProvider().load(settings(Map.of()), file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("has 0 rows of positions");
  }

  @Test
  void aRotaryTable_showsTheGrid() throws IOException {
    Safetensors.Tensor table = new Safetensors.Tensor(new long[] {10, 4, 2}, new float[80]);
    Path file = published(2, new FactorizedHead(), "", Map.of("freqs_cis", table));
    try (Generator generator = new FarProvider().load(settings(Map.of()), file)) {
      assertThat(generator.spec().gridWidth()).isEqualTo(3);
    }
  }

  @Test
  void settingsThatShowInNoShape_areCompared() throws IOException {
    FarModel model = new FarModel("far", Few.shape(2, true), new FactorizedHead());
    try (Parameters parameters = Few.parameters(model, 3);
        Generator generator = FarGenerator.of(model, 0.1, parameters::get)) {
      generator.save(folder);
    }
    assertThatThrownBy(() -> new FarProvider().load(settings(Map.of("heads", "4")), folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("heads 2, not 4");
    Settings identity = settings(Map.of("rotary-class-row", "identity"));
    assertThatThrownBy(() -> new FarProvider().load(identity, folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("rotary-class-row zero, not identity");
  }

  /** What a file does not say of the class token's row is what published models have. */
  @ParameterizedTest
  @CsvSource({"zero, true", "zero, false", "identity, false"})
  void rowsOfTheClassToken_areThoseOfTheFile(String row, boolean published) throws IOException {
    FarModel model = new FarModel("far", Few.shape(2, row.equals("zero")), new FactorizedHead());
    Settings named = settings(Map.of("rotary-class-row", row, "published-grid", "3"));
    Path file = published ? published(2, model.head(), "", Map.of()) : folder;
    try (Parameters parameters = Few.parameters(model, 3);
        Generator generator = FarGenerator.of(model, 0.1, parameters::get)) {
      if (!published) {
        generator.save(folder);
      }
    }
    Settings open = settings(Map.of("published-grid", "3"));
    try (Generator expected = new FarProvider().load(named, file);
        Generator found = new FarProvider().load(open, file)) {
      GeneratorSpec spec = found.spec();
      FarShape grid =
          Few.shape(spec.subCodebooks(), spec.gridHeight(), spec.gridWidth(), spec.classes());
      Tokens tokens = Few.tokens(grid, 2, 3);
      int[] labels = {0, 1};
      assertThat(found.bits(tokens, labels)).isEqualTo(expected.bits(tokens, labels));
    }
  }

  @Test
  void aFileOfSomethingElse_isRefused() throws IOException {
    Path file = folder.resolve("other.safetensors");
    Safetensors.Tensor weight = new Safetensors.Tensor(new long[] {2}, new float[2]);
    Safetensors.write(file, Map.of("weight", weight), Map.of());
    assertThatThrownBy(() -> new FarProvider().load(settings(Map.of()), file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("not a class-conditional FAR or LlamaGen model");
  }
}
