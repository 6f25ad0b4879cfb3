package dev.vernier.tests.engine;

import dev.vernier.generators.far.DecodedLogits;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.weights.Asker;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.nets.ClassifierNumbers;
import dev.vernier.nets.published.SmallInception;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableGenerator;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.Trunk;
import dev.vernier.tests.features.LpipsFiles;
import dev.vernier.tests.published.PublishedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One training step of every model there is, on whatever executor the process has chosen: a folder
 * of each with its losses and all that it saves, the moments among them, which after one step are
 * the gradients. Generators make two. Nets that are not trained here look once.
 */
final class OneStep {
  private static final Sizes FIRST = Sizes.drawn().get(0);

  private final Path results;
  private final Path nets;

  private OneStep(Path results, Path nets) {
    this.results = results;
    this.nets = nets;
  }

  /** Arguments: the folder to write into, and one that {@link #prepare} has filled. */
  public static void main(String[] arguments) throws IOException {
    OneStep step = new OneStep(Path.of(arguments[0]), Path.of(arguments[1]));
    step.tokenizers();
    step.variants();
    step.trunk();
    step.generators();
    step.frozenNets();
    step.publishedTokenizers();
  }

  /** Writes the files that nets are read from. */
  static void prepare(Path nets) throws IOException {
    for (LpipsFiles.Backbone backbone : LpipsFiles.Backbone.values()) {
      LpipsFiles.write(backbone, nets);
    }
    SmallInception.writeWeights(nets.resolve("inception.safetensors"));
    PublishedFiles.openMagvit(nets.resolve("lfq.safetensors"));
    PublishedFiles.ibq(nets.resolve("ibq.safetensors"));
  }

  private void tokenizers() throws IOException {
    for (TokenizerProvider provider : TinyTraining.networks().toList()) {
      for (Sizes sizes : Sizes.drawn()) {
        tokenizer(
            provider.name() + " " + sizes,
            sizes,
            TinyTraining.open(provider, Map.of(), sizes, 7, Optional.empty(), Map.of()));
      }
    }
  }

  /** Parts that models have by settings, or where something is given. */
  private void variants() throws IOException {
    variant(
        "vqgan, adversarial",
        named("vqgan"),
        Map.of(
            "adversarial-weight", "0.5",
            "adversarial-adaptive", "true",
            "discriminator-channels", "4",
            "discriminator-layers", "1"));
    variant("lfq, open-magvit2", named("lfq"), Map.of("architecture", "open-magvit2"));
    variant("vq-lc, frozen", named("vq-lc"), Map.of("codebook", "random-frozen"));
    FeatureExtractor teacher = new FirstPixels(4);
    tokenizer(
        "fqgan-triple, taught",
        FIRST,
        TinyTraining.open(
            named("fqgan-triple"),
            Map.of("representation-weight", "0.5", "prediction-heads", "2"),
            FIRST,
            7,
            Optional.empty(),
            Map.of("visual", teacher, "middle", teacher, "high", teacher)));
    perceptual(LpipsFiles.Backbone.VGG, new ImageSize(16, 20));
    // Both look at fewer places than there are pixels.
    perceptual(LpipsFiles.Backbone.ALEX, new ImageSize(36, 40));
    perceptual(LpipsFiles.Backbone.SQUEEZE, new ImageSize(36, 40));
  }

  private void perceptual(LpipsFiles.Backbone backbone, ImageSize size) throws IOException {
    Sizes seen = new Sizes(1, size);
    Map<String, String> settings = Map.of("perceptual-weight", "1");
    try (PerceptualDistance lpips = LpipsFiles.in(backbone, nets).open()) {
      tokenizer(
          "vqgan, perceptual " + backbone.label(),
          seen,
          TinyTraining.open(named("vqgan"), settings, seen, 7, Optional.of(lpips), Map.of()));
    }
  }

  /** What the quick scale begins from, smaller. */
  private void trunk() throws IOException {
    Path folder = Files.createDirectory(results.resolve("vqgan, trunk"));
    try (Trunk.InTraining training = TinyTraining.trunk(named("vqgan"), FIRST, 7);
        INDArray images = TinyTraining.images(FIRST, 3)) {
      Map<String, Double> losses = training.step(images);
      training.save(folder);
      new ModelNumbers(List.of(), Map.of(), losses).write(folder);
    }
  }

  private static TokenizerProvider named(String name) {
    return TinyTraining.networks()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void variant(String name, TokenizerProvider provider, Map<String, String> settings)
      throws IOException {
    tokenizer(
        name, FIRST, TinyTraining.open(provider, settings, FIRST, 7, Optional.empty(), Map.of()));
  }

  private void tokenizer(String name, Sizes sizes, TrainableTokenizer opened) throws IOException {
    Path folder = Files.createDirectory(results.resolve(name));
    try (TrainableTokenizer training = opened;
        INDArray images = TinyTraining.images(sizes, 3)) {
      ModelNumbers untrained;
      try (Tokenizer tokenizer = training.tokenizer()) {
        untrained = reconstruction(tokenizer, images);
      }
      Map<String, Double> losses = training.step(images);
      training.save(folder);
      new ModelNumbers(untrained.tokens(), untrained.arrays(), losses).write(folder);
    }
  }

  private static ModelNumbers reconstruction(Tokenizer tokenizer, INDArray images) {
    Tokens tokens = tokenizer.encode(images);
    try (INDArray decoded = tokenizer.decode(tokens)) {
      return new ModelNumbers(
          Arrays.stream(tokens.toArray()).boxed().toList(),
          Map.of("decoded", decoded.dup('c').data().asFloat()),
          Map.of());
    }
  }

  private void generators() throws IOException {
    for (GeneratorProvider provider : ServiceLoader.load(GeneratorProvider.class)) {
      for (Sizes sizes : Sizes.drawn()) {
        generator(
            provider, sizes, Files.createDirectory(results.resolve(provider.name() + " " + sizes)));
      }
      ModelNumbers.of(DecodedLogits.of(provider, 2, 3))
          .write(results.resolve(provider.name() + ", a position at a time"));
    }
  }

  private static void generator(GeneratorProvider provider, Sizes sizes, Path folder)
      throws IOException {
    List<SubCodebook> codebooks = List.of(new SubCodebook("a", 6), new SubCodebook("b", 9));
    TokenizerSpec tokenizer = new TokenizerSpec("none", sizes.images(), 2, codebooks, 1, 0);
    int count = sizes.batch() * 2 * tokenizer.gridHeight() * tokenizer.gridWidth();
    Tokens tokens =
        new Tokens(
            new Random(5).ints(count, 0, 6).toArray(),
            sizes.batch(),
            codebooks,
            tokenizer.gridHeight(),
            tokenizer.gridWidth());
    int[] labels = IntStream.range(0, sizes.batch()).map(i -> i % 3).toArray();
    Map<String, String> settings =
        Map.of("width", "16", "layers", "2", "heads", "2", "head-layers", "2");
    try (TrainableGenerator training =
        provider.create(
            Settings.of(provider.settings(), settings),
            new GeneratorContext(tokenizer, 3, sizes.batch(), 10, 7, false))) {
      // Classifiers begin at zero, so nothing behind them has a gradient in the first step.
      training.step(tokens, labels);
      Map<String, Double> losses = training.step(tokens, labels);
      training.save(folder);
      Map<String, float[]> bits = new TreeMap<>();
      try (Generator generator = training.generator()) {
        double[][] found = generator.bits(tokens, labels);
        for (int i = 0; i < found.length; i++) {
          bits.put("bits " + i, floats(found[i]));
        }
      }
      new ModelNumbers(List.of(), bits, losses).write(folder);
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private void frozenNets() throws IOException {
    try (INDArray images = TinyTraining.images(new Sizes(5, ImageSize.square(24)), 3)) {
      for (Map.Entry<String, Map<String, float[]>> each : ClassifierNumbers.of(images).entrySet()) {
        ModelNumbers.of(each.getValue()).write(results.resolve(each.getKey()));
      }
    }
    ModelNumbers.of(SmallInception.numbers(nets.resolve("inception.safetensors")))
        .write(results.resolve("inception"));
  }

  private void publishedTokenizers() throws IOException {
    Plugins plugins = Plugins.discover(nets.resolve("plugins"));
    Sizes sizes = new Sizes(1, new ImageSize(12, 20));
    for (String name : List.of("lfq", "ibq")) {
      Path file = nets.resolve(name + ".safetensors");
      try (Tokenizer tokenizer =
              SavedTokenizer.of(file, name, Asker.EVAL, plugins)
                  .load(file, plugins, sizes.images());
          INDArray images = TinyTraining.images(sizes, 3)) {
        reconstruction(tokenizer, images).write(results.resolve(name + ", published"));
      }
    }
  }
}
