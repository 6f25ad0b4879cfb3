package dev.vernier.nets.published;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.Pixels;
import dev.vernier.tests.endtoend.FolderTree;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * LPIPS with its published linear layers. Their files are not the project's to copy, so these cases
 * run where a folder of fixtures is given.
 */
public final class LpipsCases {
  private static final String SLICES = "net\\.slice\\d+";

  private LpipsCases() {}

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of(
        "lpips_head_vgg_alex", LpipsCases::heads, "lpips_squeeze", LpipsCases::squeezeNet);
  }

  private static void heads(GoldenCase golden) throws IOException {
    for (JsonNode each : golden.parameters().get("nets")) {
      String net = each.asText();
      List<float[]> weights = new ArrayList<>();
      try (WeightFile file = WeightFile.open(golden.file("lpips_lin_" + net + ".safetensors"))) {
        int layers = LpipsBackbone.valueOf(net.toUpperCase(Locale.ROOT)).channels().size();
        for (int layer = 0; layer < layers; layer++) {
          weights.add(file.read(linear(layer)));
        }
      }
      LpipsHead head = new LpipsHead(weights);
      double[] distances = new double[weights.size()];
      double sum = 0;
      for (int layer = 0; layer < distances.length; layer++) {
        float[] first = channelsLast(golden, net + "_feat0_" + layer);
        float[] second = channelsLast(golden, net + "_feat1_" + layer);
        int area = first.length / weights.get(layer).length;
        distances[layer] = head.distance(layer, first, second, 0, area);
        sum += distances[layer];
      }
      golden.expectScalar("per_layer_" + net, distances);
      golden.expectScalar("distance_" + net, sum);
    }
  }

  private static String linear(int layer) {
    return "lin" + layer + ".model.1.weight";
  }

  private static float[] channelsLast(GoldenCase golden, String name) {
    try (INDArray planes = golden.tensor(name)) {
      return Pixels.toFloats(planes.permute(0, 2, 3, 1));
    }
  }

  private static void squeezeNet(GoldenCase golden) throws IOException {
    Path folder = Files.createTempDirectory("lpips");
    Path trunk = folder.resolve("trunk.safetensors");
    Path linear = folder.resolve("linear.safetensors");
    try {
      Map<String, Safetensors.Tensor> layers =
          split(golden.file("lpips_squeeze_random.safetensors"), trunk);
      Safetensors.write(linear, layers, Map.of());
      try (Lpips lpips = new Lpips(LpipsBackbone.SQUEEZE, trunk, linear);
          INDArray images = golden.tensor("img0");
          INDArray others = golden.tensor("img1")) {
        double[] distances = lpips.distances(images, others);
        golden.expect("distance", distances);
        golden.expectScalar("distance", distances);
        golden.expectScalar("distance_img1_img0", lpips.distances(others, images));
        golden.expectScalar(
            "distance_identical",
            Arrays.stream(lpips.distances(images, images)).max().orElseThrow());
        golden.expect("grad_img1_of_sum", gradientOfSum(lpips, images, others));
        golden.expect("per_layer", eachLayer(trunk, linear, layers, images, others));
      }
      golden.leaveOut("a mean over all channels, which no distance reads", "feature_means_img0");
    } finally {
      FolderTree.delete(folder);
    }
  }

  /** Writes the classifier with torchvision's names; gives the linear layers. */
  private static Map<String, Safetensors.Tensor> split(Path source, Path trunk) throws IOException {
    Map<String, Safetensors.Tensor> features = new LinkedHashMap<>();
    Map<String, Safetensors.Tensor> linear = new LinkedHashMap<>();
    try (WeightFile file = WeightFile.open(source)) {
      for (String name : file.names()) {
        Safetensors.Tensor tensor = new Safetensors.Tensor(file.shape(name), file.read(name));
        if (name.matches(SLICES + ".*")) {
          features.put(name.replaceFirst(SLICES, "features"), tensor);
        } else if (name.matches("lin\\d+\\..*")) {
          linear.put(name, tensor);
        }
      }
    }
    Safetensors.write(trunk, features, Map.of());
    return linear;
  }

  private static float[] gradientOfSum(Lpips lpips, INDArray images, INDArray others) {
    Graph graph = new Graph();
    SDVariable first = graph.input("images", images.shape());
    SDVariable second = graph.input("others", others.shape());
    SDVariable sum =
        lpips
            .mean(FeatureMap.ofInput(graph, first), FeatureMap.ofInput(graph, second))
            .mul((double) images.size(0));
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.chosen().compile(Program.inputGradient(graph, sum, second), none)) {
      execution.set(first, images);
      execution.set(second, others);
      execution.run();
      return execution.gradient(second);
    }
  }

  /** {@code [pair, layer]}: a layer's share is what is left when all others weigh nothing. */
  private static double[] eachLayer(
      Path trunk,
      Path linear,
      Map<String, Safetensors.Tensor> layers,
      INDArray images,
      INDArray others)
      throws IOException {
    int pairs = (int) images.size(0);
    double[] shares = new double[pairs * layers.size()];
    for (int layer = 0; layer < layers.size(); layer++) {
      String kept = linear(layer);
      Map<String, Safetensors.Tensor> alone = new LinkedHashMap<>(layers);
      alone.replaceAll(
          (name, tensor) ->
              name.equals(kept)
                  ? tensor
                  : new Safetensors.Tensor(
                      tensor.shape(), new float[tensor.values().get().length]));
      Safetensors.write(linear, alone, Map.of());
      try (Lpips lpips = new Lpips(LpipsBackbone.SQUEEZE, trunk, linear)) {
        double[] distances = lpips.distances(images, others);
        for (int pair = 0; pair < pairs; pair++) {
          shares[pair * layers.size() + layer] = distances[pair];
        }
      }
    }
    return shares;
  }
}
