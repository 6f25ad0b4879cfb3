package dev.vernier.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.autoencoder.AutoencoderTraining;
import dev.vernier.engine.memory.Floats;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainingContext;
import dev.vernier.tokenizers.fq.FqganDualProvider;
import dev.vernier.tokenizers.vq.VqganProvider;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the codes of vector quantizers begin as, and what the first steps make of them. */
class FirstCodesTest {
  private static final int BATCH = 4;
  private static final int DIMENSION = 8;
  private static final Map<String, String> SMALL =
      Map.of(
          "channels", "8",
          "multipliers", "1,2",
          "z-channels", "8",
          "groups", "4",
          "perceptual-weight", "0",
          "code-dimension", String.valueOf(DIMENSION),
          "schedule", "constant",
          "learning-rate", "1e-4",
          "restart-after", "0");

  @TempDir Path folder;

  private AutoencoderTraining create(TokenizerProvider provider, Map<String, String> more)
      throws IOException {
    return create(provider, new FewImages(ImageSize.square(16)), BATCH, more);
  }

  private AutoencoderTraining create(
      TokenizerProvider provider, ImageDataset images, int batch, Map<String, String> more)
      throws IOException {
    Map<String, String> settings = new HashMap<>(SMALL);
    settings.putAll(more);
    List<Setting<?>> all = provider.settings();
    TrainingContext context =
        new TrainingContext(
            images,
            batch,
            10,
            1,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            folder,
            false);
    return (AutoencoderTraining) provider.create(Settings.of(all, settings), context);
  }

  private static void step(AutoencoderTraining training, int number) {
    FewImages few = new FewImages(ImageSize.square(16));
    List<LabelledImage> images =
        IntStream.range(number * BATCH, (number + 1) * BATCH)
            .mapToObj(i -> few.image(Split.TRAIN, i))
            .toList();
    try (INDArray batch = Pixels.toArray(images)) {
      training.step(batch);
    }
  }

  static List<Arguments> quantizers() {
    return List.of(
        Arguments.of(new VqganProvider(), "quantize.embedding.weight"),
        Arguments.of(new FqganDualProvider(), "quantize_vis.embedding.weight"),
        Arguments.of(new FqganDualProvider(), "quantize_sem.embedding.weight"));
  }

  @ParameterizedTest
  @MethodSource("quantizers")
  void uniformDirections_haveUnitLength_andTheFirstStepHardlyTurnsThem(
      TokenizerProvider provider, String embedding) throws IOException {
    Map<String, String> uniform = Map.of("initialization", "uniform", "codebook-size", "512");
    try (AutoencoderTraining training = create(provider, uniform)) {
      float[] before = Floats.all(training.parameters().get(embedding));
      for (int code = 0; code < 512; code++) {
        assertThat(length(before, code)).isCloseTo(1, Offset.offset(1e-6));
      }
      step(training, 0);
      float[] after = Floats.all(training.parameters().get(embedding));
      double most =
          IntStream.range(0, 512).mapToDouble(code -> degrees(before, after, code)).max().orElse(0);
      // Adam's first step is at most the learning rate in each of the eight numbers.
      assertThat(most).isBetween(0.005, Math.toDegrees(1e-4 * Math.sqrt(DIMENSION)) * 1.01);
    }
  }

  @Test
  void uniformPoints_stayWhereTheyWereDrawn() throws IOException {
    Map<String, String> points =
        Map.of("initialization", "uniform", "codebook-size", "512", "l2-norm", "false");
    try (AutoencoderTraining training = create(new VqganProvider(), points)) {
      for (float each : Floats.all(training.parameters().get("quantize.embedding.weight"))) {
        assertThat(each).isBetween(-1f / 512, 1f / 512);
      }
    }
  }

  /** Pictures of noise, or all the same; counts how often one is drawn besides the batches. */
  private record Noise(int size, boolean varied, AtomicInteger drawn) implements ImageDataset {
    Noise(int size, boolean varied) {
      this(size, varied, new AtomicInteger());
    }

    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("noise", ImageSize.square(16), List.of(), "noise");
    }

    @Override
    public int size(Split split) {
      return size;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      byte[] rgb = new byte[3 * 16 * 16];
      new Random(varied ? index : 0).nextBytes(rgb);
      return new LabelledImage("noise/" + index, 0, ImageSize.square(16), rgb);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      drawn.incrementAndGet();
      return image(Split.TRAIN, index);
    }
  }

  private int drawnFor(Noise noise, int codes) throws IOException {
    Map<String, String> settings =
        Map.of("initialization", "k-means", "codebook-size", String.valueOf(codes));
    try (AutoencoderTraining training = create(new VqganProvider(), noise, 1, settings);
        INDArray batch = Pixels.toArray(List.of(noise.image(Split.TRAIN, 0)))) {
      training.step(batch);
    }
    return noise.drawn().get();
  }

  @Test
  void batchesAreSeen_untilThereAreAsManyDistinctEncodingsAsCodes_orNoMoreImages()
      throws IOException {
    // An image has 64 positions, and is a batch.
    assertThat(drawnFor(new Noise(1000, true), 512)).isEqualTo(15);
    assertThat(drawnFor(new Noise(1000, true), 2048)).isBetween(32, 40);
    assertThat(drawnFor(new Noise(100, false), 2048)).isEqualTo(100);
  }

  @Test
  void movingAverageOfRestartedCodes_beginsAnew() throws IOException {
    Map<String, String> averaged =
        Map.of(
            "initialization", "uniform",
            "codebook-size", "512",
            "ema-decay", "0.99",
            "restart-after", "2");
    try (AutoencoderTraining training = create(new VqganProvider(), averaged)) {
      float[] first = Floats.all(training.parameters().get("quantize.embedding.weight"));
      step(training, 0);
      step(training, 1);
      float[] now = Floats.all(training.parameters().get("quantize.embedding.weight"));
      float[] average = saved(training);
      int[] restarted =
          IntStream.range(0, 512).filter(code -> degrees(first, now, code) > 1).toArray();
      assertThat(restarted).hasSizeGreaterThan(100);
      for (int code : restarted) {
        assertThat(length(now, code)).isCloseTo(1, Offset.offset(1e-6));
        for (int i = code * DIMENSION; i < (code + 1) * DIMENSION; i++) {
          assertThat(average[i]).isCloseTo(now[i], Offset.offset(1e-6f));
        }
      }
    }
  }

  private float[] saved(AutoencoderTraining training) throws IOException {
    try (Tokenizer tokenizer = training.tokenizer()) {
      tokenizer.save(folder);
    }
    try (WeightFile file = WeightFile.open(folder.resolve("weights.safetensors"))) {
      return file.read("quantize.embedding.weight");
    }
  }

  private static double length(float[] rows, int row) {
    return Math.sqrt(product(rows, rows, row));
  }

  private static double product(float[] one, float[] other, int row) {
    double sum = 0;
    for (int i = row * DIMENSION; i < (row + 1) * DIMENSION; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  /** From the chord, since a cosine near 1 has no digits for a small angle. */
  private static double degrees(float[] before, float[] after, int row) {
    float[] one = Arrays.copyOfRange(before, row * DIMENSION, (row + 1) * DIMENSION);
    float[] other = Arrays.copyOfRange(after, row * DIMENSION, (row + 1) * DIMENSION);
    double chord = 0;
    for (int i = 0; i < DIMENSION; i++) {
      chord += Math.pow(one[i] / length(one, 0) - other[i] / length(other, 0), 2);
    }
    return Math.toDegrees(2 * Math.asin(Math.min(1, Math.sqrt(chord) / 2)));
  }
}
