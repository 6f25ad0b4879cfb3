package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GuidanceSchedule;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("numerics")
class FarGeneratorTest {
  private static final FarShape SHAPE = Few.shape(2, true);
  private static final FarModel MODEL = new FarModel("far", SHAPE, new FactorizedHead());

  private static Generator generator() {
    try (Parameters parameters = Few.parameters(MODEL, 6)) {
      return FarGenerator.of(MODEL, 0.1, parameters::get);
    }
  }

  private static SamplingSettings settings(double guidance, int topK, long seed) {
    return new SamplingSettings(
        List.of(new SamplingSettings.Draw(guidance, 1, topK, 1)), GuidanceSchedule.CONSTANT, seed);
  }

  private static int[] labels(int count) {
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i % 2);
    return labels;
  }

  @Test
  void parts_giveWhatTheWholeGives() {
    try (Generator generator = generator()) {
      for (double guidance : new double[] {1, 1.75}) {
        SamplingSettings settings = settings(guidance, 0, 9);
        int[] whole = generator.sample(labels(40), 0, settings).toArray();
        int each = whole.length / 40;
        Tokens part = generator.sample(Arrays.copyOfRange(labels(40), 30, 40), 30, settings);
        assertThat(part.toArray()).isEqualTo(Arrays.copyOfRange(whole, 30 * each, 40 * each));
      }
    }
  }

  @Test
  void seeds_decide() {
    try (Generator generator = generator()) {
      Tokens first = generator.sample(labels(4), 0, settings(1.5, 0, 1));
      assertThat(generator.sample(labels(4), 0, settings(1.5, 0, 1))).isEqualTo(first);
      assertThat(generator.sample(labels(4), 0, settings(1.5, 0, 2))).isNotEqualTo(first);
    }
  }

  @Test
  void guidanceBy1_isNone_andCloseToItNearlyNone() {
    try (Generator generator = generator()) {
      Tokens without = generator.sample(labels(8), 0, settings(1, 0, 3));
      assertThat(generator.sample(labels(8), 0, settings(1 + 1e-9, 0, 3))).isEqualTo(without);
    }
  }

  /** On a grid of one position every outcome can be listed. */
  @Test
  void outcomes_areAsFrequentAsTheirLikelihoodSays() {
    List<SubCodebook> codebooks = List.of(new SubCodebook("a", 2), new SubCodebook("b", 3));
    FarShape single = new FarShape(codebooks, 1, 1, 2, 16, 2, 2, 2, 8, true);
    FarModel model = new FarModel("far", single, new FactorizedHead());
    int images = 6000;
    try (Parameters parameters = Few.parameters(model, 2);
        Generator generator = FarGenerator.of(model, 0.1, parameters::get)) {
      Tokens drawn = generator.sample(new int[images], 0, settings(1, 0, 5));
      double[] shares = new double[6];
      for (int i = 0; i < images; i++) {
        shares[3 * drawn.index(i, 0, 0, 0) + drawn.index(i, 1, 0, 0)] += 1.0 / images;
      }
      Tokens every = new Tokens(new int[] {0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2}, 6, codebooks, 1, 1);
      double[] likelihood =
          Arrays.stream(generator.bits(every, new int[6]))
              .mapToDouble(bits -> Math.pow(2, -bits[0] - bits[1]))
              .toArray();
      assertThat(Arrays.stream(likelihood).sum()).isCloseTo(1, within(1e-5));
      assertThat(shares).containsExactly(likelihood, within(0.02));
    }
  }

  @Test
  void aModelThatNeverSawTheNullClass_isNotGuided(@TempDir Path folder) throws IOException {
    Settings settings = Settings.of(new FarProvider().settings(), Few.SIZES);
    try (Parameters parameters = Few.parameters(MODEL, 6);
        Generator trained = FarGenerator.of(MODEL, 0, parameters::get)) {
      trained.save(folder);
      try (Generator loaded = new FarProvider().load(settings, folder)) {
        for (Generator each : List.of(trained, loaded)) {
          assertThatThrownBy(() -> each.sample(labels(2), 0, settings(1.5, 0, 1)))
              .isInstanceOf(UsageException.class)
              .hasMessageStartingWith("class-dropout 0 trains no null class to guide by: ");
          assertThat(each.sample(labels(2), 0, settings(1, 0, 1)).batch()).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void folders_giveTheGeneratorBack(@TempDir Path folder) throws IOException {
    FarProvider provider = new FarProvider();
    Settings settings = Settings.of(provider.settings(), Few.SIZES);
    try (Generator generator = generator()) {
      generator.save(folder);
      try (Generator loaded = provider.load(settings, folder)) {
        assertThat(loaded.spec()).isEqualTo(generator.spec());
        assertThat(loaded.sample(labels(5), 2, settings(2, 3, 4)))
            .isEqualTo(generator.sample(labels(5), 2, settings(2, 3, 4)));
      }
    }
    assertThatThrownBy(() -> new FarLinearProvider().load(settings, folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("left over")
        .hasMessageContaining("ar_head.0.attention.wo.weight");
    Files.delete(folder.resolve(FarGenerator.WEIGHTS));
    assertThatThrownBy(() -> provider.load(settings, folder)).isInstanceOf(UsageException.class);
  }

  /** Whose branch is not run: it costs as much as the other. */
  @Test
  void guidanceBy1_looksAtNoNullClass() {
    try (Parameters sound = Few.parameters(MODEL, 6);
        Parameters unsound = Few.parameters(MODEL, 6)) {
      unsound
          .get("cls_embedding.embedding_table.weight")
          .getRow(SHAPE.nullClass())
          .assign(Double.NaN);
      try (Generator expected = FarGenerator.of(MODEL, 0.1, sound::get);
          Generator generator = FarGenerator.of(MODEL, 0.1, unsound::get)) {
        assertThat(generator.sample(labels(16), 0, settings(1, 0, 3)))
            .isEqualTo(expected.sample(labels(16), 0, settings(1, 0, 3)));
        assertThatThrownBy(() -> generator.sample(labels(16), 0, settings(1.5, 0, 3)))
            .hasMessageContaining("finite");
      }
    }
  }
}
