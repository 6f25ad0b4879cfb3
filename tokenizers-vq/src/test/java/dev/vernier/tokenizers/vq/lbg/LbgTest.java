package dev.vernier.tokenizers.vq.lbg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class LbgTest {
  private static final LbgProvider PROVIDER = new LbgProvider();
  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  @TempDir private Path folder;

  private static Settings settings(int size, int side, int iterations) {
    return Settings.of(
        PROVIDER.settings(),
        Map.of(
            "codebook-size", String.valueOf(size),
            "patch", String.valueOf(side),
            "iterations", String.valueOf(iterations)));
  }

  private static TrainableTokenizer training(
      Pictures pictures, int size, int side, int iterations, long seed) {
    return PROVIDER.create(settings(size, side, iterations), pictures.context(seed));
  }

  /** Steps until it is finished; the error before each. */
  private static List<Double> errors(TrainableTokenizer training) {
    List<Double> errors = new ArrayList<>();
    while (!training.finished()) {
      errors.add(error(training));
    }
    return errors;
  }

  /** The batch is nothing to it. */
  private static double error(TrainableTokenizer training) {
    return training.step(null).get("reconstruction");
  }

  private static float[] reconstructed(TrainableTokenizer training, Pictures pictures) {
    try (Tokenizer tokenizer = training.tokenizer();
        INDArray images = pictures.array();
        INDArray decoded = tokenizer.decode(tokenizer.encode(images))) {
      return decoded.data().asFloat();
    }
  }

  private static float[] pixels(Pictures pictures) {
    try (INDArray images = pictures.array()) {
      return images.data().asFloat();
    }
  }

  private static double meanSquaredError(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = (double) one[i] - other[i];
      sum += difference * difference;
    }
    return sum / one.length;
  }

  @ParameterizedTest(name = "{0} codes for 5 distinct patches")
  @ValueSource(ints = {5, 6, 33})
  void enoughCodes_giveEveryPatchBack(int size) {
    Pictures pictures = Pictures.flat(6, 3, 0, 90, 255, 17, 90, 90, 200, 0, 17, 0, 0, 255);
    try (TrainableTokenizer training = training(pictures, size, 3, 10, 1)) {
      assertThat(errors(training)).containsExactly(0.0);
      assertThat(reconstructed(training, pictures)).isEqualTo(pixels(pictures));
    }
  }

  @Test
  void morePatchesThanCodes_leaveTheErrorThatIsReported() {
    Pictures pictures = Pictures.clouds(12, 30);
    try (TrainableTokenizer training = training(pictures, 37, 3, 100, 1)) {
      errors(training);
      assertThat(meanSquaredError(reconstructed(training, pictures), pixels(pictures)))
          .isPositive()
          .isCloseTo(error(training), ROUNDING);
    }
  }

  @ParameterizedTest(name = "{0} codes")
  @ValueSource(ints = {1, 3, 37, 200})
  void error_neverGrows(int size) {
    try (TrainableTokenizer training = training(Pictures.clouds(12, 40), size, 3, 60, 1)) {
      List<Double> errors = errors(training);
      assertThat(errors).hasSizeGreaterThan(1);
      for (int i = 1; i < errors.size(); i++) {
        assertThat(errors.get(i)).isLessThanOrEqualTo(errors.get(i - 1) * (1 + 1e-6));
      }
    }
  }

  @Test
  void oneCode_becomesTheMean() {
    Pictures pictures = Pictures.flat(4, 4, 10, 20, 30, 100);
    try (TrainableTokenizer training = training(pictures, 1, 4, 10, 1)) {
      errors(training);
      assertThat((double) reconstructed(training, pictures)[0]).isCloseTo(40 / 127.5 - 1, ROUNDING);
    }
  }

  @Test
  void iterations_areThoseOfThePlainAlgorithm() {
    Pictures pictures = Pictures.clouds(12, 20);
    try (TrainableTokenizer training = training(pictures, 24, 4, 6, 1)) {
      float[] codes = codes(training);
      for (int i = 0; i < 6; i++) {
        double error = PlainLloyd.iterate(patches(pictures, 4), codes, 48);
        assertThat(error(training)).isCloseTo(error, ROUNDING);
        assertThat(codes(training)).isEqualTo(codes);
      }
    }
  }

  private float[] codes(TrainableTokenizer training) {
    try (Tokenizer tokenizer = training.tokenizer()) {
      tokenizer.save(folder);
      try (Safetensors file = Safetensors.open(folder.resolve("weights.safetensors"))) {
        return file.read("codebook");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static float[] patches(Pictures pictures, int side) {
    PatchGrid grid = new PatchGrid(ImageSize.square(pictures.size()), side);
    float[] patches = new float[pictures.training().size() * 3 * pictures.size() * pictures.size()];
    int at = 0;
    for (int n = 0; n < pictures.training().size(); n++) {
      for (int place = 0; place < grid.places(); place++) {
        for (int i = 0; i < grid.dimension(); i++) {
          patches[at++] =
              Pixels.toFloat(pictures.image(Split.TRAIN, n).rgb()[grid.index(place, i)]);
        }
      }
    }
    return patches;
  }

  /** Codes that nothing is near: as by a checkpoint in which all codes but one are far away. */
  @Test
  void emptyCells_areFilledWithTheFarthestPatches() throws IOException {
    Pictures pictures = Pictures.flat(2, 2, 0, 40, 100, 101, 250);
    float[] codes = new float[3 * 12];
    Arrays.fill(codes, 0, 12, Pixels.toFloat((byte) 100));
    Arrays.fill(codes, 12, 36, 9);
    Safetensors.write(
        folder.resolve("training.safetensors"),
        Map.of("codebook", new Safetensors.Tensor(new long[] {3, 3, 2, 2}, codes)),
        Map.of("image-size", "2"));
    try (TrainableTokenizer training = training(pictures, 3, 2, 10, 1)) {
      training.restore(folder);
      double before = error(training);
      Set<Float> values = new TreeSet<>();
      for (float value : codes(training)) {
        values.add(value);
      }
      // 250 lies farthest from 100, then 0; the other code is the mean of all five.
      assertThat(values).contains(Pixels.toFloat((byte) 250), Pixels.toFloat((byte) 0)).hasSize(3);
      assertThat(error(training)).isLessThan(before);
    }
  }

  @Test
  void training_ends_andStaysAsItIs() {
    Pictures pictures = Pictures.clouds(12, 10);
    try (TrainableTokenizer bounded = training(pictures, 20, 3, 2, 1);
        TrainableTokenizer settled = training(pictures, 20, 3, 1000, 1)) {
      assertThat(errors(bounded)).hasSize(2);
      assertThat(errors(settled)).hasSizeBetween(3, 999);
      float[] codes = codes(settled);
      error(settled);
      assertThat(codes(settled)).isEqualTo(codes);
    }
  }

  @Test
  void finishedTraining_isFinishedAfterItIsRestored() throws IOException {
    Pictures pictures = Pictures.clouds(12, 10);
    try (TrainableTokenizer training = training(pictures, 20, 3, 1000, 1);
        TrainableTokenizer restored = training(pictures, 20, 3, 1000, 1)) {
      errors(training);
      training.save(folder);
      assertThat(restored.finished()).isFalse();
      restored.restore(folder);
      assertThat(restored.finished()).isTrue();
      assertThat(error(restored)).isEqualTo(error(training));
    }
  }

  @Test
  void tokenizer_isNotTrainedFurther() {
    Pictures pictures = Pictures.clouds(12, 10);
    try (TrainableTokenizer training = training(pictures, 20, 3, 10, 1);
        Tokenizer early = training.tokenizer();
        INDArray images = pictures.array()) {
      Tokens before = early.encode(images);
      errors(training);
      assertThat(early.encode(images)).isEqualTo(before);
      try (Tokenizer late = training.tokenizer()) {
        assertThat(late.encode(images)).isNotEqualTo(before);
      }
    }
  }

  @Test
  void sameSeed_givesTheSameCodes() {
    Pictures pictures = Pictures.clouds(12, 30);
    try (TrainableTokenizer one = training(pictures, 50, 4, 5, 3);
        TrainableTokenizer same = training(pictures, 50, 4, 5, 3);
        TrainableTokenizer other = training(pictures, 50, 4, 5, 4)) {
      assertThat(errors(same)).isEqualTo(errors(one)).isNotEqualTo(errors(other));
      assertThat(codes(same)).isEqualTo(codes(one));
    }
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  @Test
  void patchThatDoesNotDivideTheImage_isRefused() {
    Settings settings = settings(8, 5, 1);
    PROVIDER.check(settings, ImageSize.square(30));
    assertRefused(
        () -> PROVIDER.check(settings, ImageSize.square(32)),
        "32 pixels cannot be cut into patches of 5",
        "patch");
    assertRefused(() -> training(Pictures.clouds(12, 1), 8, 5, 1, 1), "patches of 5");
  }

  @Test
  void codebookTooLargeForJava_isRefused() {
    assertRefused(
        () -> PROVIDER.check(settings(1 << 20, 64, 1), ImageSize.square(64)),
        "lower codebook-size to at most 174762");
  }

  @Test
  void datasetWithoutTrainingImages_isRefused() {
    assertRefused(
        () -> training(new Pictures(12, List.of()), 8, 3, 1, 1), "no training images", "train/");
  }

  @Test
  void fileOfOtherSettings_isRefused() throws IOException {
    try (TrainableTokenizer training = training(Pictures.clouds(12, 5), 8, 3, 1, 1);
        Tokenizer tokenizer = training.tokenizer()) {
      tokenizer.save(folder);
    }
    Path file = folder.resolve("weights.safetensors");
    assertRefused(
        () -> PROVIDER.load(settings(8, 4, 1), folder),
        file.toString(),
        "[8, 3, 3, 3]",
        "[8, 3, 4, 4]");
    assertRefused(() -> PROVIDER.load(settings(9, 3, 1), folder), "[9, 3, 3, 3]");
    try (Tokenizer loaded = PROVIDER.load(settings(8, 3, 1), file)) {
      assertThat(loaded.spec().imageSize()).isEqualTo(ImageSize.square(12));
    }
  }

  @ParameterizedTest(name = "image size {0}")
  @ValueSource(strings = {"", "0", "none", "13"})
  void fileForImagesOfNoSuchSize_isRefused(String imageSize) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(
        file,
        Map.of("codebook", new Safetensors.Tensor(new long[] {1, 3, 2, 2}, new float[12])),
        Map.of("image-size", imageSize));
    assertRefused(() -> PROVIDER.load(settings(1, 2, 1), folder), "size");
    Files.delete(file);
    assertRefused(() -> PROVIDER.load(settings(1, 2, 1), folder), file.toString());
  }
}
