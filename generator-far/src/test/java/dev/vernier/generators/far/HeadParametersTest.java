package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.TrainableGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("numerics")
class HeadParametersTest {
  private static final int WIDTH = 16;

  /** Two thirds of four times the width, the next multiple of 8. */
  private static final int HIDDEN = 48;

  /** Queries, keys, values and output; two normalizations; three matrices of SwiGLU. */
  private static final int BLOCK = 4 * WIDTH * WIDTH + 2 * WIDTH + 3 * WIDTH * HIDDEN;

  private static final int NORM = WIDTH;
  private static final int HIDDEN_LAYER = WIDTH * WIDTH + WIDTH;

  /** Three classes and the null class. */
  private static final int CLASSES = (3 + 1) * WIDTH;

  /** Embeddings of two sub-codebooks of 6 and 8 entries, joined and mapped; two blocks. */
  private static final int TRUNK =
      CLASSES + (6 + 8) * WIDTH + 2 * WIDTH * WIDTH + WIDTH + 2 * BLOCK;

  private static final int CLASSIFIERS = (6 + 8) * WIDTH;

  /** The same of a single one of 6, which needs no map. */
  private static final int TRUNK_OF_ONE = CLASSES + 6 * WIDTH + 2 * BLOCK;

  private static final int CLASSIFIER = 6 * WIDTH;

  static Stream<Arguments> heads() {
    return Stream.of(
        Arguments.of(new FarProvider(), 2, TRUNK, 3 * BLOCK + NORM + CLASSIFIERS),
        Arguments.of(new FarLinearProvider(), 2, TRUNK, NORM + CLASSIFIERS),
        Arguments.of(new FarMlpProvider(), 2, TRUNK, NORM + 2 * HIDDEN_LAYER + CLASSIFIERS),
        Arguments.of(new FarProvider(), 1, TRUNK_OF_ONE, 3 * BLOCK + NORM + CLASSIFIER),
        Arguments.of(new FarLinearProvider(), 1, TRUNK_OF_ONE, NORM + CLASSIFIER),
        Arguments.of(new FarMlpProvider(), 1, TRUNK_OF_ONE, NORM + HIDDEN_LAYER + CLASSIFIER));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void headAndTrunk_areCountedApart(
      GeneratorProvider provider, int subTokens, long trunk, long head, @TempDir Path folder)
      throws IOException {
    List<SubCodebook> codebooks =
        List.of(new SubCodebook("visual", 6), new SubCodebook("semantic", 8)).subList(0, subTokens);
    TokenizerSpec tokenizer = new TokenizerSpec("any", new ImageSize(4, 6), 2, codebooks, 4, 0);
    Settings settings = Settings.of(provider.settings(), Few.sizes(Map.of("head-layers", "3")));
    try (TrainableGenerator training =
            provider.create(settings, new GeneratorContext(tokenizer, 3, 4, 40, 7, false));
        Generator generator = training.generator()) {
      GeneratorSpec spec = training.spec();
      assertThat(spec.headParameters()).isEqualTo(head);
      assertThat(spec.trunkParameters()).isEqualTo(trunk);
      assertThat(spec.parameters()).isEqualTo(trunk + head);
      assertThat(generator.spec()).isEqualTo(spec);
      generator.save(folder);
      try (Generator loaded = provider.load(settings, folder)) {
        assertThat(loaded.spec()).isEqualTo(spec);
      }
    }
  }
}
