package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableGenerator;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("numerics")
class FarTrainingTest {
  private static final int BATCH = 4;
  private static final List<SubCodebook> CODEBOOKS =
      List.of(new SubCodebook("visual", 6), new SubCodebook("semantic", 8));
  private static final TokenizerSpec TOKENIZER =
      new TokenizerSpec("any", new ImageSize(4, 6), 2, CODEBOOKS, 4, 0);
  private static final int[] LABELS = {0, 1, 2, 0};

  static List<GeneratorProvider> providers() {
    return List.of(new FarProvider(), new FarLinearProvider(), new FarMlpProvider());
  }

  private static TrainableGenerator training(GeneratorProvider provider) throws IOException {
    return training(provider, Map.of());
  }

  private static TrainableGenerator training(GeneratorProvider provider, Map<String, String> more)
      throws IOException {
    Map<String, String> given = Few.sizes(Map.of("head-layers", "1", "learning-rate", "0.01"));
    given.putAll(more);
    Settings settings = Settings.of(provider.settings(), given);
    return provider.create(settings, new GeneratorContext(TOKENIZER, 3, BATCH, 40, 7, false));
  }

  /** What is saved after one step; the caller closes it. */
  private static WeightFile stepped(Map<String, String> more, Path folder) throws IOException {
    try (TrainableGenerator training = training(new FarProvider(), more)) {
      training.step(batch(1), LABELS);
      training.save(folder);
    }
    return WeightFile.open(folder.resolve("training.safetensors"));
  }

  private static double sumOfSquares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static Tokens batch(int step) {
    return Few.tokens(Few.shape(CODEBOOKS, 2, 3, 3), BATCH, step);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void resumedTraining_givesTheSameNumbers(GeneratorProvider provider, @TempDir Path folder)
      throws IOException {
    List<Map<String, Double>> expected = new ArrayList<>();
    try (TrainableGenerator whole = training(provider)) {
      for (int step = 0; step < 6; step++) {
        expected.add(whole.step(batch(step), LABELS));
      }
    }
    try (TrainableGenerator first = training(provider)) {
      for (int step = 0; step < 3; step++) {
        assertThat(first.step(batch(step), LABELS)).isEqualTo(expected.get(step));
      }
      first.save(folder);
    }
    try (TrainableGenerator second = training(provider)) {
      second.restore(folder);
      for (int step = 3; step < 6; step++) {
        assertThat(second.step(batch(step), LABELS)).isEqualTo(expected.get(step));
      }
    }
  }

  /** The first loss is that of uniform classifiers; a batch seen often is known in the end. */
  @ParameterizedTest
  @MethodSource("providers")
  void training_learnsABatch(GeneratorProvider provider) throws IOException {
    try (TrainableGenerator training = training(provider)) {
      double first = training.step(batch(1), LABELS).get("loss");
      assertThat(first).isCloseTo((Math.log(6) + Math.log(8)) / 2, within(1e-5));
      double last = first;
      for (int step = 0; step < 150; step++) {
        last = training.step(batch(1), LABELS).get("loss");
      }
      assertThat(last).isLessThan(0.5 * first);
      try (Generator generator = training.generator()) {
        double uniform = 6 * (Math.log(6) + Math.log(8)) / Math.log(2);
        for (double[] bits : generator.bits(batch(1), LABELS)) {
          assertThat(bits[0] + bits[1]).isLessThan(0.6 * uniform);
        }
        assertThat(generator.spec().parameters()).isEqualTo(training.spec().parameters());
      }
    }
  }

  @Test
  void losses_areNamedAfterSubCodebooks() throws IOException {
    try (TrainableGenerator training = training(new FarProvider())) {
      assertThat(training.step(batch(1), LABELS).keySet())
          .containsExactly("loss", "visual", "semantic");
    }
  }

  /** One step, before what has shrunk changes the gradients of what has not. */
  @Test
  void decay_shrinksMatricesAlone(@TempDir Path plain, @TempDir Path decayed) throws IOException {
    try (WeightFile without = stepped(Map.of("weight-decay", "0"), plain);
        WeightFile with = stepped(Map.of("weight-decay", "0.5"), decayed)) {
      assertThat(without.names())
          .contains("norm.weight", "layers.0.attention_norm.weight", "ar_head.0.ffn_norm.weight");
      for (String name : without.names()) {
        float[] expected = without.read(name);
        // Classifiers begin at 0, where nothing can shrink.
        if (without.shape(name).length > 1 && !name.startsWith("output_")) {
          assertThat(with.read(name)).as(name).isNotEqualTo(expected);
        } else {
          assertThat(with.read(name)).as(name).isEqualTo(expected);
        }
      }
    }
  }

  /** After one step the moments are (1 - beta1) g and (1 - beta2) g^2 of the clipped gradient g. */
  @Test
  void firstMoments_areThoseOfTheClippedGradient(@TempDir Path whole, @TempDir Path clipped)
      throws IOException {
    try (WeightFile unclipped = stepped(Map.of("clip", "0"), whole);
        WeightFile saved = stepped(Map.of("clip", "0.01"), clipped)) {
      double norm = Math.sqrt(sumOfSquares(saved.read(".adam.first")));
      assertThat(norm).isCloseTo((1 - 0.9) * 0.01, withinPercentage(0.1));
      assertThat(Math.sqrt(sumOfSquares(unclipped.read(".adam.first")))).isGreaterThan(2 * norm);
      double squares = 0;
      for (float value : saved.read(".adam.second")) {
        squares += value;
      }
      assertThat(squares).isCloseTo((1 - 0.95) * 0.01 * 0.01, withinPercentage(0.1));
    }
  }
}
