package dev.vernier.tests.features;

import dev.vernier.nets.published.LpipsProvider;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Settings;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Random weights under the names that torchvision's VGG-16 and LPIPS' linear layers have.
 *
 * @param weights the convolutions; the classifier's linear layers are left out
 * @param linear the linear layers
 */
public record VggFiles(Path weights, Path linear) {
  private static final List<Integer> DEPTHS = List.of(2, 2, 3, 3, 3);
  private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512, 512);

  /** Writes both files. */
  public static VggFiles write(Path folder) throws IOException {
    Map<String, Safetensors.Tensor> convolutions = new LinkedHashMap<>();
    Random random = new Random(1);
    int in = 3;
    int index = 0;
    for (int stage = 0; stage < DEPTHS.size(); stage++) {
      int out = CHANNELS.get(stage);
      for (int layer = 0; layer < DEPTHS.get(stage); layer++) {
        String name = "features." + index;
        double deviation = Math.sqrt(2.0 / (9 * in));
        convolutions.put(
            name + ".weight", tensor(() -> deviation * random.nextGaussian(), out, in, 3, 3));
        convolutions.put(name + ".bias", tensor(() -> 0, out));
        in = out;
        index += 2;
      }
      index++;
    }
    VggFiles files = in(folder);
    Safetensors.write(files.weights, convolutions, Map.of());
    writeLinear(files.linear, 2);
    return files;
  }

  /** Those that were written into a folder. */
  public static VggFiles in(Path folder) {
    return new VggFiles(
        folder.resolve("vgg16.safetensors"), folder.resolve("vgg-linear.safetensors"));
  }

  /** LPIPS with these weights; the caller closes it. */
  public PerceptualDistance open() throws IOException {
    LpipsProvider provider = new LpipsProvider();
    return provider.open(
        Settings.of(
            provider.settings(),
            Map.of(
                "backbone", "vgg",
                "weights", weights.toString(),
                "linear", linear.toString())));
  }

  /** Writes linear layers. */
  public static void writeLinear(Path file, long seed) throws IOException {
    Random random = new Random(seed);
    Map<String, Safetensors.Tensor> layers = new LinkedHashMap<>();
    for (int channels : CHANNELS) {
      layers.put(
          "lin" + layers.size() + ".model.1.weight", tensor(random::nextDouble, 1, channels, 1, 1));
    }
    Safetensors.write(file, layers, Map.of());
  }

  private static Safetensors.Tensor tensor(DoubleSupplier values, long... shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    float[] floats = new float[(int) length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.getAsDouble();
    }
    return new Safetensors.Tensor(shape, floats);
  }
}
