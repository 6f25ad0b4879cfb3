package dev.vernier.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.Split;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What every tokenizer must do. A plugin's author extends it and gives the provider with settings
 * that are small enough for a test.
 */
public abstract class TokenizerContract {
  private static final int BATCH = 4;
  private static final int STEPS = 3;
  private static final int MANY = 261;
  private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);

  @TempDir Path folder;

  /** The provider under test. */
  protected abstract TokenizerProvider provider();

  /** Settings by name that make a small tokenizer. */
  protected abstract Map<String, String> settings();

  /** The side of the images to test with. */
  protected int imageSize() {
    return 16;
  }

  /**
   * Whether the seed decides anything. A tokenizer without randomness answers false, and then has
   * to give the same numbers whatever the seed.
   */
  protected boolean dependsOnSeed() {
    return true;
  }

  private ImageDataset dataset() {
    return new FewImages(ImageSize.square(imageSize()));
  }

  private TrainableTokenizer create(long seed) throws IOException {
    return create(seed, dataset());
  }

  private TrainableTokenizer create(long seed, ImageDataset dataset) throws IOException {
    Settings settings = Settings.of(provider().settings(), settings());
    TrainingContext context =
        new TrainingContext(
            dataset,
            BATCH,
            STEPS,
            seed,
            Optional.empty(),
            Optional.empty(),
            teachers(provider().teacherRequirements(settings)),
            Optional.empty(),
            folder,
            false);
    return provider().create(settings, context);
  }

  private static Map<String, FeatureExtractor> teachers(TeacherRequirements requirements) {
    FeatureExtractor teacher = new MeanColours();
    return requirements.names().stream().collect(Collectors.toMap(name -> name, name -> teacher));
  }

  private INDArray images(int first, int count) {
    return images(dataset(), first, count);
  }

  private static INDArray images(ImageDataset dataset, int first, int count) {
    List<LabelledImage> images =
        IntStream.range(first, first + count)
            .mapToObj(i -> dataset.image(Split.VALIDATION, i))
            .toList();
    return Pixels.toArray(images);
  }

  private Map<String, Double> step(TrainableTokenizer training, int step) {
    try (INDArray images = images(step * BATCH, BATCH)) {
      return training.step(images);
    }
  }

  private Tokenizer trained() throws IOException {
    try (TrainableTokenizer training = create(1)) {
      for (int step = 0; step < STEPS; step++) {
        step(training, step);
      }
      return training.tokenizer();
    }
  }

  private static float[] pixels(INDArray images) {
    try (INDArray copy = images.dup('c')) {
      return copy.data().asFloat();
    }
  }

  @Test
  void provider_saysWhatItIs() {
    assertThat(provider().name())
        .as("the name: lower-case words with hyphens between them")
        .matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(provider().description()).isNotBlank();
    assertThat(provider().spiLevel()).isEqualTo(Spi.LEVEL);
    assertThat(provider().settings()).extracting(Setting::name).doesNotHaveDuplicates();
    assertThat(provider().settings()).allSatisfy(TokenizerContract::assertRoundTrip);
  }

  private static <T> void assertRoundTrip(Setting<T> setting) {
    assertThat(setting.description()).isNotBlank();
    assertThat(setting.parse(setting.format(setting.defaultValue())))
        .isEqualTo(setting.defaultValue());
  }

  @Test
  void wrongSetting_isRefusedByName() {
    assertThatThrownBy(() -> Settings.of(provider().settings(), Map.of("no-such-setting", "1")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no-such-setting");
  }

  @Test
  void spec_fitsCodesAndImages() throws IOException {
    try (Tokenizer tokenizer = trained();
        INDArray images = images(0, 3)) {
      TokenizerSpec spec = tokenizer.spec();
      assertThat(spec.name()).isEqualTo(provider().name());
      assertThat(spec.imageSize()).isEqualTo(ImageSize.square(imageSize()));
      float[] before = pixels(images);
      Tokens tokens = tokenizer.encode(images);
      assertThat(pixels(images)).as("the images stay as they were").isEqualTo(before);
      assertThat(tokens.batch()).isEqualTo(3);
      assertThat(tokens.subCodebooks()).isEqualTo(spec.subCodebooks());
      assertThat(tokens.height()).isEqualTo(spec.gridHeight());
      assertThat(tokens.width()).isEqualTo(spec.gridWidth());
      assertThat(spec.subCodebooks()).extracting(SubCodebook::name).doesNotHaveDuplicates();
      assertThat(provider().subCodebooks(Settings.of(provider().settings(), settings())))
          .as("the sub-codebooks that are known beforehand, if any are")
          .isIn(List.of(), spec.subCodebooks());
      assertThat(provider().downsampling(Settings.of(provider().settings(), settings())))
          .as("the downsampling that is known beforehand, if it is")
          .isIn(0, spec.downsampling());
      try (INDArray decoded = tokenizer.decode(tokens)) {
        assertThat(decoded.shape()).containsExactly(3, 3, imageSize(), imageSize());
        for (float value : pixels(decoded)) {
          assertThat(value).isFinite();
        }
      }
    }
  }

  /** Images twice as wide as high, or as high as wide, from training to what was loaded. */
  @Test
  void imagesNeedNotBeSquares() throws IOException {
    for (ImageSize size :
        List.of(
            new ImageSize(imageSize(), 2 * imageSize()),
            new ImageSize(2 * imageSize(), imageSize()))) {
      ImageDataset dataset = new FewImages(size);
      Settings settings = Settings.of(provider().settings(), settings());
      provider().check(settings, size);
      Path saved = Files.createDirectories(folder.resolve("saved-" + size.text()));
      try (TrainableTokenizer training = create(1, dataset);
          INDArray images = images(dataset, 0, BATCH)) {
        training.step(images);
        try (Tokenizer tokenizer = training.tokenizer()) {
          TokenizerSpec spec = tokenizer.spec();
          assertThat(spec.imageSize()).isEqualTo(size);
          Tokens tokens = tokenizer.encode(images);
          assertThat(tokens.height()).isEqualTo(size.height() / spec.downsampling());
          assertThat(tokens.width()).isEqualTo(size.width() / spec.downsampling());
          tokenizer.save(saved);
          try (Tokenizer loaded = provider().load(settings, saved);
              INDArray decoded = tokenizer.decode(tokens);
              INDArray again = loaded.decode(loaded.encode(images))) {
            assertThat(decoded.shape()).isEqualTo(images.shape());
            assertThat(loaded.spec()).isEqualTo(spec);
            assertThat(pixels(again)).isEqualTo(pixels(decoded));
          }
        }
      }
    }
  }

  /**
   * More images than a tokenizer is likely to compute at once, and not a multiple of that. Where an
   * image stands in a batch may change how its sums are rounded, and nothing else.
   */
  @Test
  void anImage_doesNotDependOnItsBatch() throws IOException {
    try (Tokenizer tokenizer = trained();
        INDArray together = images(0, MANY)) {
      int[] codes = tokenizer.encode(together).toArray();
      try (INDArray decoded = tokenizer.decode(tokenizer.encode(together))) {
        float[] reconstructions = pixels(decoded);
        for (int i : List.of(0, 1, 4, MANY / 2, MANY - 2, MANY - 1)) {
          try (INDArray alone = images(i, 1)) {
            Tokens own = tokenizer.encode(alone);
            assertThat(own.toArray())
                .as("codes of image %d", i)
                .isEqualTo(part(codes, own.toArray().length, i));
            try (INDArray back = tokenizer.decode(own)) {
              int each = reconstructions.length / MANY;
              assertThat(pixels(back))
                  .as("reconstruction of image %d", i)
                  .containsExactly(
                      Arrays.copyOfRange(reconstructions, i * each, (i + 1) * each), ROUNDING);
            }
          }
        }
      }
    }
  }

  private static int[] part(int[] all, int each, int number) {
    return Arrays.copyOfRange(all, number * each, (number + 1) * each);
  }

  @Test
  void savedAndLoaded_isTheSame() throws IOException {
    Path saved = Files.createDirectories(folder.resolve("saved"));
    try (Tokenizer tokenizer = trained();
        INDArray images = images(0, 4)) {
      tokenizer.save(saved);
      Settings settings = Settings.of(provider().settings(), settings());
      try (Tokenizer loaded = provider().load(settings, saved)) {
        assertThat(loaded.spec()).as("spec of what was loaded").isEqualTo(tokenizer.spec());
        Tokens tokens = tokenizer.encode(images);
        assertThat(loaded.encode(images)).as("codes of what was loaded").isEqualTo(tokens);
        try (INDArray one = tokenizer.decode(tokens);
            INDArray two = loaded.decode(tokens)) {
          assertThat(pixels(two)).as("reconstructions of what was loaded").isEqualTo(pixels(one));
        }
      }
    }
  }

  @Test
  void training_isDecidedByItsSeed() throws IOException {
    List<Map<String, Double>> one = losses(1);
    assertThat(losses(1)).as("losses of the same seed").isEqualTo(one);
    if (dependsOnSeed()) {
      assertThat(losses(2)).as("losses of another seed").isNotEqualTo(one);
    } else {
      assertThat(losses(2)).as("losses of another seed, on which nothing depends").isEqualTo(one);
    }
  }

  private List<Map<String, Double>> losses(long seed) throws IOException {
    List<Map<String, Double>> losses = new ArrayList<>();
    try (TrainableTokenizer training = create(seed)) {
      for (int step = 0; step < STEPS; step++) {
        losses.add(step(training, step));
      }
    }
    return losses;
  }

  @Test
  void resumedTraining_goesOnToTheSameNumbers() throws IOException {
    List<Map<String, Double>> whole = losses(1);
    Path state = Files.createDirectories(folder.resolve("state"));
    try (TrainableTokenizer training = create(1)) {
      step(training, 0);
      training.save(state);
    }
    try (TrainableTokenizer training = create(1)) {
      training.restore(state);
      for (int step = 1; step < STEPS; step++) {
        assertThat(step(training, step))
            .as("losses of step %d, resumed after step 0", step)
            .isEqualTo(whole.get(step));
      }
    }
  }

  @Test
  void finishedTraining_isNotChangedByFurtherSteps() throws IOException {
    try (TrainableTokenizer training = create(1);
        INDArray images = images(0, BATCH)) {
      for (int step = 0; step < STEPS && !training.finished(); step++) {
        step(training, step);
      }
      if (training.finished()) {
        float[] before = reconstructions(training, images);
        step(training, STEPS);
        assertThat(training.finished()).as("finished after a further step").isTrue();
        assertThat(reconstructions(training, images))
            .as("reconstructions after a further step")
            .isEqualTo(before);
      }
    }
  }

  private static float[] reconstructions(TrainableTokenizer training, INDArray images) {
    try (Tokenizer tokenizer = training.tokenizer();
        INDArray decoded = tokenizer.decode(tokenizer.encode(images))) {
      return pixels(decoded);
    }
  }
}
