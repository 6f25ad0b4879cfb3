package dev.vernier.tests.onnx;

import static dev.vernier.tests.onnx.OnnxGraph.ANY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.onnx.OnnxProvider;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OnnxFeaturesTest {
  private static final int WIDTH = 6;
  private static final int SIDE = 16;
  private static final int GRID = SIDE / PatchNet.PATCH;
  private static final int FROM = 24;
  private static final double[][] CLIP = {
    {0.48145466, 0.4578275, 0.40821073}, {0.26862954, 0.26130258, 0.27577711}
  };
  private static final double[][] IMAGENET = {{0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}};
  @TempDir Path folder;
  private final PatchNet net = PatchNet.random(WIDTH, 1);

  private static FeatureExtractor open(Path file, String... settings) throws IOException {
    Map<String, String> given = new HashMap<>(Map.of("file", file.toString()));
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    OnnxProvider provider = new OnnxProvider();
    return provider.open(
        Settings.of(provider.settings(), given),
        new FeatureContext(null, 1, file.getParent(), line -> {}));
  }

  private static INDArray images(int count, int side) {
    Random random = new Random(7);
    float[] values = new float[count * 3 * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Nd4j.createFromArray(values).reshape('c', count, 3, side, side);
  }

  private static float[] floats(INDArray array) {
    try (INDArray copy = array.dup('c')) {
      return copy.data().asFloat();
    }
  }

  /** An image as a model sees it; {@link #FROM} to {@link #SIDE} takes pixels 0, 1, 3, 4, 6, ... */
  private static double[] seen(float[] pixels, int image, double[][] colours) {
    double[] seen = new double[3 * SIDE * SIDE];
    for (int i = 0; i < seen.length; i++) {
      int c = i / (SIDE * SIDE);
      int y = i / SIDE % SIDE * 3 / 2;
      int x = i % SIDE * 3 / 2;
      double value = (pixels[((image * 3 + c) * FROM + y) * FROM + x] + 1) / 2;
      seen[i] = (value - colours[0][c]) / colours[1][c];
    }
    return seen;
  }

  private double[] map(float[] pixels, int image, double[][] colours) {
    return net.map(seen(pixels, image, colours), SIDE);
  }

  private static void assertClose(float[] actual, int row, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[row * expected.length + i])
          .as("value %d of image %d", i, row)
          .isCloseTo(expected[i], within(1e-5));
    }
  }

  private static double[] perChannel(double[] map, boolean maximum) {
    double[] values = new double[WIDTH];
    for (int c = 0; c < WIDTH; c++) {
      double[] channel = Arrays.copyOfRange(map, c * GRID * GRID, (c + 1) * GRID * GRID);
      values[c] =
          maximum
              ? Arrays.stream(channel).max().orElseThrow()
              : Arrays.stream(channel).average().orElseThrow();
    }
    return values;
  }

  @Test
  void convolutionalNet_equalsPlainJava() throws IOException {
    Path file = net.convolutional(folder.resolve("net.onnx"), ANY, 3, ANY, ANY);
    try (FeatureExtractor extractor = open(file, "side", "16", "normalization", "clip");
        INDArray images = images(5, FROM);
        Features features = extractor.extract(images)) {
      assertThat(extractor.spec().name()).isEqualTo("onnx-clip-16");
      assertThat(extractor.spec().hash()).isEqualTo(Sha256.ofFile(file));
      assertThat(extractor.spec().dimension()).isEqualTo(WIDTH);
      assertThat(extractor.spec().spatialDimension()).isEqualTo(WIDTH);
      assertThat(extractor.spec().classes()).isZero();
      assertThat(features.logits()).isEmpty();
      assertThat(features.pooled().shape()).containsExactly(5, WIDTH);
      assertThat(features.spatial().orElseThrow().shape()).containsExactly(5, WIDTH, GRID, GRID);
      for (int i = 0; i < 5; i++) {
        double[] map = map(floats(images), i, CLIP);
        assertClose(floats(features.spatial().orElseThrow()), i, map);
        assertClose(floats(features.pooled()), i, perChannel(map, false));
      }
    }
  }

  @ParameterizedTest(name = "{0} class tokens")
  @ValueSource(ints = {0, 1})
  void transformer_hasPatchesAndAGlobalFeature(int classTokens) throws IOException {
    Path file = net.tokens(folder.resolve("net.onnx"), classTokens, ANY, 3, SIDE, SIDE);
    try (FeatureExtractor extractor = open(file);
        INDArray images = images(2, FROM);
        Features features = extractor.extract(images)) {
      assertThat(extractor.spec().name()).isEqualTo("onnx-imagenet-16");
      assertThat(features.spatial().orElseThrow().shape()).containsExactly(2, WIDTH, GRID, GRID);
      for (int i = 0; i < 2; i++) {
        double[] map = map(floats(images), i, IMAGENET);
        assertClose(floats(features.spatial().orElseThrow()), i, map);
        assertClose(floats(features.pooled()), i, perChannel(map, classTokens == 1));
      }
    }
  }

  @Test
  void globalFeatureAlone_hasNoPatches() throws IOException {
    Path file = net.global(folder.resolve("net.onnx"), 1, 3, SIDE, SIDE);
    try (FeatureExtractor extractor = open(file);
        INDArray images = images(3, FROM);
        Features features = extractor.extract(images)) {
      assertThat(extractor.spec().spatialDimension()).isZero();
      assertThat(features.spatial()).isEmpty();
      assertThat(features.pooled().shape()).containsExactly(3, WIDTH);
    }
  }

  @ParameterizedTest(name = "batch {0}")
  @ValueSource(longs = {ANY, 1, 4})
  void anImage_doesNotDependOnItsBatch(long batch) throws IOException {
    Path file = net.convolutional(folder.resolve("net.onnx"), batch, 3, SIDE, SIDE);
    try (FeatureExtractor extractor = open(file);
        INDArray images = images(6, FROM);
        Features all = extractor.extract(images)) {
      int each = 3 * FROM * FROM;
      for (int i = 0; i < 6; i++) {
        float[] pixels = Arrays.copyOfRange(floats(images), i * each, (i + 1) * each);
        try (INDArray one = Nd4j.createFromArray(pixels).reshape('c', 1, 3, FROM, FROM);
            Features alone = extractor.extract(one)) {
          assertThat(floats(alone.pooled()))
              .isEqualTo(Arrays.copyOfRange(floats(all.pooled()), i * WIDTH, (i + 1) * WIDTH));
          int length = WIDTH * GRID * GRID;
          assertThat(floats(alone.spatial().orElseThrow()))
              .isEqualTo(
                  Arrays.copyOfRange(
                      floats(all.spatial().orElseThrow()), i * length, (i + 1) * length));
        }
      }
    }
  }

  private void assertRefused(String message, Path file, String... settings) {
    assertThatThrownBy(() -> open(file, settings).close())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void whatIsNoModel_isRefused() throws IOException {
    Path file = folder.resolve("net.onnx");
    assertRefused("there is no readable file", file);
    assertRefused("is not an ONNX model", Files.writeString(file, "no model"));
    assertRefused("is not an ONNX model", Files.writeString(file, ""));
    byte[] whole = Files.readAllBytes(net.convolutional(file, 1, 3, SIDE, SIDE));
    assertRefused(
        "is not an ONNX model", Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3)));
    assertRefused(
        "keeps its weights in another file",
        new OnnxGraph().weightsElsewhere("weights", "weights.data", 1).write(file));
  }

  @Test
  void modelsThatTakeNoImages_areRefused() throws IOException {
    Path file = folder.resolve("net.onnx");
    assertRefused(
        "takes images of 1 channels",
        new OnnxGraph()
            .input("x", ANY, 1, 8, 8)
            .output("y", ANY, 1, 8, 8)
            .node("Relu", List.of("x"), "y")
            .write(file));
    assertRefused(
        "export the image encoder alone",
        new OnnxGraph()
            .input("x", ANY, 77)
            .output("y", ANY, 77)
            .node("Relu", List.of("x"), "y")
            .write(file));
    assertRefused(
        "has the inputs [x, text]",
        new OnnxGraph()
            .input("x", ANY, 3, 8, 8)
            .input("text", ANY, 3, 8, 8)
            .output("y", ANY, 3, 8, 8)
            .node("Add", List.of("x", "text"), "y")
            .write(file));
    assertRefused("export it for square images", net.convolutional(file, 1, 3, SIDE, SIDE * 2));
    assertRefused(
        "leave its setting side out", net.convolutional(file, 1, 3, SIDE, SIDE), "side", "8");
  }

  @Test
  void modelsWithoutFeatures_areRefused() throws IOException {
    Path file = folder.resolve("net.onnx");
    assertRefused("there are: tokens [1, 18, 6]", net.tokens(file, 2, ANY, 3, SIDE, SIDE));
    assertRefused(
        "cannot look at images of 2 x 2 pixels",
        net.convolutional(file, ANY, 3, ANY, ANY),
        "side",
        "2");
  }
}
