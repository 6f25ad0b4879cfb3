package dev.vernier.nets.published;

import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The two files of LPIPS, generated.
 *
 * @param backbone which one
 * @param weights torchvision's classifier
 * @param linear the linear layers
 */
record LpipsFiles(LpipsBackbone backbone, Path weights, Path linear) {
  /** Writes the files of a backbone into a folder. */
  static LpipsFiles write(String label, Path folder) throws IOException {
    LpipsBackbone backbone = LpipsBackbone.valueOf(label.toUpperCase(Locale.ROOT));
    Path weights = folder.resolve(label + ".safetensors");
    Map<String, long[]> shapes = new LinkedHashMap<>(GeneratedWeights.shapes(label));
    shapes.put("classifier.6.bias", new long[] {1000});
    GeneratedWeights.write(weights, shapes);
    Map<String, Safetensors.Tensor> layers = new LinkedHashMap<>();
    for (int channels : backbone.channels()) {
      String name = "lin" + layers.size() + ".model.1.weight";
      layers.put(
          name,
          new Safetensors.Tensor(
              new long[] {1, channels, 1, 1}, GeneratedWeights.uniform(name, channels, 0, 1)));
    }
    Path linear = folder.resolve(label + "-linear.safetensors");
    Safetensors.write(linear, layers, Map.of());
    return new LpipsFiles(backbone, weights, linear);
  }

  /** The distance; the caller closes it. */
  Lpips open() throws IOException {
    return new Lpips(backbone, weights, linear);
  }
}
