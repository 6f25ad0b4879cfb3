package dev.vernier.tests.engine;

import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableGenerator;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.Trunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Trainings of every family at a size where a step takes milliseconds. */
final class TinyTraining {
  private static final ImageSize SIZE = ImageSize.square(16);
  private static final int BATCH = 4;
  private static final int STEPS = 1_000;

  private static final List<SubCodebook> CODEBOOKS =
      List.of(new SubCodebook("visual", 8), new SubCodebook("semantic", 8));

  private static final Map<String, String> SIZES =
      Map.of(
          "channels", "8",
          "multipliers", "1,2",
          "z-channels", "8",
          "groups", "4",
          "codebook-size", "32",
          "codebook", "random-trained",
          "restart-after", "3");

  private TinyTraining() {}

  /** The tokenizers that learn by gradients, in the order of their names. */
  static Stream<TokenizerProvider> networks() {
    return ServiceLoader.load(TokenizerProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> Settings.defaults(each.settings()).names().contains("learning-rate"))
        .sorted(Comparator.comparing(TokenizerProvider::name));
  }

  /**
   * A training of a family; the caller closes it.
   *
   * @param further settings besides the sizes
   */
  static TrainableTokenizer open(TokenizerProvider provider, Map<String, String> further, long seed)
      throws IOException {
    return open(provider, further, SIZE, seed);
  }

  /** The same on images of another size. */
  static TrainableTokenizer open(
      TokenizerProvider provider, Map<String, String> further, ImageSize size, long seed)
      throws IOException {
    return open(provider, further, new Sizes(BATCH, size), seed, Optional.empty(), Map.of());
  }

  /** The same with a distance in the perceptual loss, which stays the caller's. */
  static TrainableTokenizer open(
      TokenizerProvider provider,
      Map<String, String> further,
      long seed,
      PerceptualDistance distance)
      throws IOException {
    return open(provider, further, new Sizes(BATCH, SIZE), seed, Optional.of(distance), Map.of());
  }

  /**
   * A training with teachers; the caller closes it.
   *
   * @param further settings besides the sizes
   * @param teachers by name of the sub-codebook
   */
  static TrainableTokenizer open(
      TokenizerProvider provider,
      Map<String, String> further,
      Map<String, FeatureExtractor> teachers,
      long seed)
      throws IOException {
    return open(provider, further, new Sizes(BATCH, SIZE), seed, Optional.empty(), teachers);
  }

  /** The same with all that there may be. */
  static TrainableTokenizer open(
      TokenizerProvider provider,
      Map<String, String> further,
      Sizes sizes,
      long seed,
      Optional<PerceptualDistance> distance,
      Map<String, FeatureExtractor> teachers)
      throws IOException {
    return provider.create(settings(provider, further), context(sizes, seed, distance, teachers));
  }

  /** A training of the trunk that a family begins from; the caller closes it. */
  static Trunk.InTraining trunk(TokenizerProvider provider, Sizes sizes, long seed)
      throws IOException {
    Settings settings = settings(provider, Map.of("trunk-steps", String.valueOf(STEPS)));
    return provider
        .trunk(settings)
        .orElseThrow()
        .create(context(sizes, seed, Optional.empty(), Map.of()));
  }

  private static Settings settings(TokenizerProvider provider, Map<String, String> further) {
    Map<String, String> settings = new HashMap<>(SIZES);
    settings.keySet().retainAll(Settings.defaults(provider.settings()).names());
    settings.putAll(further);
    return Settings.of(provider.settings(), settings);
  }

  private static TrainingContext context(
      Sizes sizes,
      long seed,
      Optional<PerceptualDistance> distance,
      Map<String, FeatureExtractor> teachers) {
    return new TrainingContext(
        new NoImages(sizes.images()),
        sizes.batch(),
        STEPS,
        seed,
        Optional.empty(),
        distance,
        teachers,
        Optional.empty(),
        Path.of("."),
        false);
  }

  /** A training of a generator of some name; the caller closes it. */
  static TrainableGenerator generator(String name, long seed) throws IOException {
    GeneratorProvider provider =
        ServiceLoader.load(GeneratorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    Map<String, String> sizes =
        Map.of("width", "16", "layers", "2", "heads", "2", "head-layers", "1");
    Map<String, String> own = new HashMap<>(sizes);
    own.keySet().retainAll(Settings.defaults(provider.settings()).names());
    TokenizerSpec tokenizer = new TokenizerSpec("none", SIZE, 4, CODEBOOKS, 8, 0);
    return provider.create(
        Settings.of(provider.settings(), own),
        new GeneratorContext(tokenizer, 1, BATCH, STEPS, seed, false));
  }

  /** A batch of random grids for {@link #generator}. */
  static Tokens tokens(long seed) {
    int side = SIZE.height() / 4;
    int[] indices =
        new Random(seed).ints((long) BATCH * CODEBOOKS.size() * side * side, 0, 8).toArray();
    return new Tokens(indices, BATCH, CODEBOOKS, side, side);
  }

  /** A batch of random images; the caller closes it. */
  static INDArray images(long seed) {
    return images(SIZE, seed);
  }

  /** The same of another size. */
  static INDArray images(ImageSize size, long seed) {
    return images(new Sizes(BATCH, size), seed);
  }

  /** The same of another number. */
  static INDArray images(Sizes sizes, long seed) {
    ImageSize size = sizes.images();
    Random random = new Random(seed);
    float[] values = new float[sizes.batch() * 3 * size.area()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Nd4j.createFromArray(values).reshape(sizes.batch(), 3, size.height(), size.width());
  }

  /** A dataset that only says its size: the tests bring their own batches. */
  private record NoImages(ImageSize size) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("none", size, List.of(), "none");
    }

    @Override
    public int size(Split split) {
      return 0;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      throw new IndexOutOfBoundsException(index);
    }
  }
}
