package dev.vernier.nets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.Window;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

@Tag("numerics")
class InceptionNetTest {
  private static final int HEIGHT = 8;
  private static final int WIDTH = 9;
  private static final int OUT = 4;

  private final float[] image = GeneratedWeights.uniform("image", 3 * HEIGHT * WIDTH, -1, 1);
  @TempDir private Path folder;

  private static SDVariable images(Graph graph) {
    return graph.input("images", 1, 3, HEIGHT, WIDTH);
  }

  private float[] run(Graph graph, SDVariable images, FeatureMap result) {
    SDVariable output = result.channelsFirst();
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution execution = Executors.chosen().compile(Program.forward(graph, output), none);
        INDArray found = run(execution, images, output)) {
      assertThat(found.shape())
          .containsExactly(1, result.channels(), result.height(), result.width());
      return Floats.all(found);
    }
  }

  private INDArray run(Execution execution, SDVariable images, SDVariable output) {
    execution.set(images, image);
    execution.run();
    return execution.read(output);
  }

  @Test
  void convolutionEqualsTheSlowForm_forEverySortOfWindow() throws IOException {
    for (Window window :
        List.of(
            Window.square(3, 2, 0),
            Window.square(3, 1, 1),
            Window.keeping(1, 7),
            Window.keeping(7, 1),
            Window.keeping(1, 1),
            Window.square(5, 4, 2))) {
      Map<String, float[]> arrays = new LinkedHashMap<>();
      int filter = 3 * window.height() * window.width();
      arrays.put("x.conv.weight", GeneratedWeights.uniform("w", OUT * filter, -1, 1));
      arrays.put("x.bn.weight", GeneratedWeights.uniform("scale", OUT, 0.5, 2));
      arrays.put("x.bn.bias", GeneratedWeights.uniform("shift", OUT, -1, 1));
      arrays.put("x.bn.running_mean", GeneratedWeights.uniform("mean", OUT, -1, 1));
      arrays.put("x.bn.running_var", GeneratedWeights.uniform("variance", OUT, 0, 0.01));
      Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
      arrays.forEach(
          (name, values) ->
              tensors.put(
                  name,
                  new Safetensors.Tensor(
                      name.contains("conv")
                          ? new long[] {OUT, 3, window.height(), window.width()}
                          : new long[] {OUT},
                      values)));
      Path file = folder.resolve("weights.safetensors");
      Safetensors.write(file, tensors, Map.of());
      Graph graph = new Graph();
      SDVariable images = images(graph);
      try (PublishedWeights weights = new PublishedWeights(file, InceptionNet.LANDMARK)) {
        FeatureMap result =
            new InceptionNet(weights).basic("x", FeatureMap.ofInput(graph, images), OUT, window);
        weights.check("a layer", name -> false);
        assertThat(run(graph, images, result))
            .as("%s", window)
            .containsExactly(slowConvolution(arrays, window), within(1e-4f));
      }
    }
  }

  private float[] slowConvolution(Map<String, float[]> arrays, Window window) {
    int rows = window.outputHeight(HEIGHT);
    int columns = window.outputWidth(WIDTH);
    float[] result = new float[OUT * rows * columns];
    for (int i = 0; i < result.length; i++) {
      int out = i / (rows * columns);
      double sum = 0;
      int at = out * 3 * window.height() * window.width();
      for (int channel = 0; channel < 3; channel++) {
        for (int dy = 0; dy < window.height(); dy++) {
          for (int dx = 0; dx < window.width(); dx++) {
            int y = i / columns % rows * window.stride() + dy - window.top();
            int x = i % columns * window.stride() + dx - window.left();
            double pixel = inside(y, x) ? image[(channel * HEIGHT + y) * WIDTH + x] : 0;
            sum += pixel * arrays.get("x.conv.weight")[at++];
          }
        }
      }
      double normal =
          (sum - arrays.get("x.bn.running_mean")[out])
              / Math.sqrt(arrays.get("x.bn.running_var")[out] + 0.001);
      double y = normal * arrays.get("x.bn.weight")[out] + arrays.get("x.bn.bias")[out];
      result[i] = (float) Math.max(0, y);
    }
    return result;
  }

  private static boolean inside(int y, int x) {
    return y >= 0 && y < HEIGHT && x >= 0 && x < WIDTH;
  }

  @Test
  void poolingLeavesPaddingOut() {
    for (Window window : List.of(Window.square(3, 1, 1), Window.square(3, 2, 0))) {
      Graph graph = new Graph();
      SDVariable images = images(graph);
      FeatureMap input = FeatureMap.ofInput(graph, images);
      assertThat(run(graph, images, Layers.meanPool(input, window)))
          .containsExactly(slowPooling(window, false), within(1e-5f));
      assertThat(run(graph, images, Layers.maxPool(input, window)))
          .containsExactly(slowPooling(window, true));
    }
  }

  private float[] slowPooling(Window window, boolean maximum) {
    int rows = window.outputHeight(HEIGHT);
    int columns = window.outputWidth(WIDTH);
    float[] result = new float[3 * rows * columns];
    for (int i = 0; i < result.length; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int count = 0;
      for (int dy = 0; dy < window.height(); dy++) {
        for (int dx = 0; dx < window.width(); dx++) {
          int y = i / columns % rows * window.stride() + dy - window.top();
          int x = i % columns * window.stride() + dx - window.left();
          if (inside(y, x)) {
            double pixel = image[(i / (rows * columns) * HEIGHT + y) * WIDTH + x];
            largest = Math.max(largest, pixel);
            sum += pixel;
            count++;
          }
        }
      }
      result[i] = (float) (maximum ? largest : sum / count);
    }
    return result;
  }
}
