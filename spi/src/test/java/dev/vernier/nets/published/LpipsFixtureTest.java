package dev.vernier.nets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The published linear layers against the outcome of the reference code. The files are not the
 * project's to copy: {@code -Dvernier.fixtures=FOLDER} names where they lie.
 */
@EnabledIfSystemProperty(named = "vernier.fixtures", matches = ".+")
class LpipsFixtureTest {
  private final Path fixtures = Path.of(System.getProperty("vernier.fixtures", ""));
  @TempDir private Path folder;

  private static float[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Npy.read(in);
    }
  }

  @Test
  void distanceEqualsTheReference_withSqueezeNet() throws IOException {
    Path source = fixtures.resolve("lpips_squeeze");
    Map<String, Safetensors.Tensor> trunk = new LinkedHashMap<>();
    Map<String, Safetensors.Tensor> linear = new LinkedHashMap<>();
    try (WeightFile file = WeightFile.open(source.resolve("lpips_squeeze_random.safetensors"))) {
      for (String name : file.names()) {
        Safetensors.Tensor tensor = new Safetensors.Tensor(file.shape(name), file.read(name));
        if (name.startsWith("net.slice")) {
          trunk.put(name.replaceFirst("net\\.slice\\d+", "features"), tensor);
        } else if (name.startsWith("lin") && !name.startsWith("lins.")) {
          linear.put(name, tensor);
        }
      }
    }
    Path trunkFile = folder.resolve("trunk.safetensors");
    Path linearFile = folder.resolve("linear.safetensors");
    Safetensors.write(trunkFile, trunk, Map.of());
    Safetensors.write(linearFile, linear, Map.of());
    try (Lpips lpips = new Lpips(LpipsBackbone.SQUEEZE, trunkFile, linearFile);
        INDArray images = images(source.resolve("img0.npy"));
        INDArray others = images(source.resolve("img1.npy"))) {
      double[] distances = lpips.distances(images, others);
      float[] expected = read(source.resolve("distance.npy"));
      for (int i = 0; i < distances.length; i++) {
        assertThat(distances[i]).isCloseTo(expected[i], within(1.8e-8 + 1e-5 * expected[i]));
      }
    }
  }

  private static INDArray images(Path file) throws IOException {
    return Nd4j.createFromArray(read(file)).reshape(2, 3, 42, 46);
  }

  @ParameterizedTest
  @CsvSource({"vgg, 0.08392335699079784", "alex, 0.07304056617867348"})
  void headEqualsTheReference_onGivenActivations(String net, double expected) throws IOException {
    Path source = fixtures.resolve("lpips_head_vgg_alex");
    List<float[]> weights = new ArrayList<>();
    try (WeightFile file = WeightFile.open(source.resolve("lpips_lin_" + net + ".safetensors"))) {
      for (int layer = 0; layer < 5; layer++) {
        weights.add(file.read("lin" + layer + ".model.1.weight"));
      }
    }
    LpipsHead head = new LpipsHead(weights);
    double sum = 0;
    for (int layer = 0; layer < weights.size(); layer++) {
      float[] first = read(source.resolve(net + "_feat0_" + layer + ".npy"));
      float[] second = read(source.resolve(net + "_feat1_" + layer + ".npy"));
      int area = first.length / weights.get(layer).length;
      sum += head.distance(layer, first, second, 0, area);
    }
    assertThat(sum).isCloseTo(expected, within(1e-8));
  }
}
