package dev.vernier.nets.published;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Settings;
import dev.vernier.tests.endtoend.FolderTree;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The Inception-v3 of FID on weights that a recipe makes of the names of its arrays. */
public final class InceptionCase {
  private static final String FOLDED = ".weight";

  private final int seed;
  private final Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();

  private InceptionCase(int seed) {
    this.seed = seed;
  }

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of(
        "inception_fid_recipe", golden -> check(golden, InceptionCase::compare),
        "inception_fid_layout", golden -> check(golden, InceptionCase::compareLayout));
  }

  private static void check(GoldenCase golden, Comparison comparison) throws IOException {
    Path folder = Files.createTempDirectory("inception");
    Path file = folder.resolve("recipe.safetensors");
    try {
      write(file, golden.count("recipe_seed"));
      try (FeatureExtractor inception = open(file)) {
        comparison.compare(golden, inception);
      }
    } finally {
      FolderTree.delete(folder);
    }
  }

  private static FeatureExtractor open(Path file) throws IOException {
    InceptionProvider provider = new InceptionProvider();
    Settings settings =
        Settings.of(provider.settings(), Map.of("weights", file.toString(), "resize", "torch"));
    return provider.open(settings, new FeatureContext(null, 1, file.getParent(), line -> {}));
  }

  private static void compareLayout(GoldenCase golden, FeatureExtractor inception) {
    try (INDArray images = images(golden.array("images_uint8"));
        Features features = inception.extract(images)) {
      golden.expect("layout", Floats.all(features.layout().orElseThrow()));
    }
  }

  private static void compare(GoldenCase golden, FeatureExtractor inception) {
    try (INDArray images = images(golden.array("images_uint8"));
        Features features = inception.extract(images)) {
      float[] pooled = Floats.all(features.pooled());
      golden.expect("pool3", pooled);
      golden.expect("pool3", inception.pooled(pictures(golden.array("images_uint8"))));
      golden.expect("logits_unbiased", Floats.all(features.logits().orElseThrow()));
      double sum = 0;
      double squares = 0;
      for (float value : pooled) {
        sum += value;
        squares += (double) value * value;
      }
      double mean = sum / pooled.length;
      golden.expectScalar("pool3_mean", mean);
      golden.expectScalar("pool3_std", Math.sqrt(squares / pooled.length - mean * mean));
    }
    golden.leaveOut(
        "no metric reads them, and what is computed from them is compared",
        "block0_64_avg",
        "block1_192_avg",
        "block2_768_avg");
  }

  /** From bytes, channels last, to [-1, 1], channels first. */
  private static INDArray images(NumpyArray bytes) {
    int[] shape = bytes.shape();
    byte[] data = bytes.data();
    float[] values = new float[data.length];
    for (int i = 0; i < data.length; i++) {
      values[i] = (data[i] & 0xff) / 127.5f - 1;
    }
    return Nd4j.createFromArray(values)
        .reshape(shape[0], shape[1], shape[2], shape[3])
        .permute(0, 3, 1, 2)
        .dup('c');
  }

  private static List<LabelledImage> pictures(NumpyArray bytes) {
    int height = bytes.shape()[1];
    int width = bytes.shape()[2];
    int each = 3 * height * width;
    return IntStream.range(0, bytes.shape()[0])
        .mapToObj(i -> Arrays.copyOfRange(bytes.data(), i * each, (i + 1) * each))
        .map(pixels -> RgbImage.interleaved(width, height, pixels).rgb())
        .map(rgb -> new LabelledImage("", -1, new ImageSize(height, width), rgb))
        .toList();
  }

  /** Writes random weights. */
  static void write(Path file, int seed) throws IOException {
    new InceptionCase(seed).write(file);
  }

  /** The names and shapes are those that the net asks a file for. */
  private void write(Path file) throws IOException {
    Safetensors.write(
        file, Map.of("none", new Safetensors.Tensor(new long[] {1}, new float[1])), Map.of());
    Graph graph = new Graph();
    try (PublishedWeights none = new PublishedWeights(file, InceptionNet.LANDMARK)) {
      new InceptionNet(none)
          .define(
              FeatureMap.ofInput(
                  graph, graph.input("images", 1, 3, InceptionNet.SIDE, InceptionNet.SIDE)));
    }
    for (SDVariable constant : graph.sameDiff().variables()) {
      if (constant.isConstant()
          && constant.getShape().length == 4
          && constant.name().endsWith(FOLDED)) {
        addLayer(constant.name().replace(FOLDED, ""), constant.getShape());
      }
    }
    long classes = InceptionNet.CLASSES;
    long width = InceptionNet.DIMENSION;
    add("fc.weight", random -> random.normal() * Math.sqrt(1.0 / width), classes, width);
    add("fc.bias", random -> 0.1 * random.normal(), classes);
    Safetensors.write(file, tensors, Map.of());
  }

  private void addLayer(String name, long... shape) {
    double deviation = Math.sqrt(2.0 / (shape[1] * shape[2] * shape[3]));
    long out = shape[0];
    add(name + ".conv.weight", random -> random.normal() * deviation, shape);
    add(name + ".bn.weight", random -> random.uniform(0.8, 1.2), out);
    add(name + ".bn.bias", random -> 0.1 * random.normal(), out);
    add(name + ".bn.running_mean", random -> 0.1 * random.normal(), out);
    add(name + ".bn.running_var", random -> random.uniform(0.8, 1.2), out);
  }

  private void add(String name, Draw draw, long... shape) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    LegacyRandom random = new LegacyRandom((int) (seed + crc.getValue()));
    int count = 1;
    for (long side : shape) {
      count *= (int) side;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) draw.of(random);
    }
    tensors.put(name, new Safetensors.Tensor(shape, values));
  }

  /** Compares what the net gives. */
  @FunctionalInterface
  private interface Comparison {
    void compare(GoldenCase golden, FeatureExtractor inception);
  }

  /** One number of an array. */
  @FunctionalInterface
  private interface Draw {
    double of(LegacyRandom random);
  }
}
