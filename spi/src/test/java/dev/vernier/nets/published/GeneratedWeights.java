package dev.vernier.nets.published;

import dev.vernier.weights.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Weights that anybody can compute again from their names, under the names and shapes that PyTorch
 * gives the arrays of a net. The expected values in the tests are what PyTorch 2.13 computes in
 * double with the same weights.
 */
final class GeneratedWeights {
  private GeneratedWeights() {}

  /** Names and shapes of a net's arrays, from a resource with one of them a line. */
  static Map<String, long[]> shapes(String net) throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                GeneratedWeights.class.getResourceAsStream(net + "-arrays.txt"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] nameAndSides = line.split(" ", -1);
        String sides = nameAndSides[1];
        shapes.put(
            nameAndSides[0],
            sides.isEmpty()
                ? new long[0]
                : Arrays.stream(sides.split(",", -1)).mapToLong(Long::parseLong).toArray());
      }
    }
    return shapes;
  }

  /** Writes a file with such arrays. */
  static void write(Path file, Map<String, long[]> shapes) throws IOException {
    write(file, shapes, Map.of());
  }

  /**
   * Writes a file with such arrays.
   *
   * @param others values that take the place of generated ones
   */
  static void write(Path file, Map<String, long[]> shapes, Map<String, float[]> others)
      throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) ->
            tensors.put(
                name,
                new Safetensors.Tensor(shape, others.getOrDefault(name, values(name, shape)))));
    Safetensors.write(file, tensors, Map.of());
  }

  private static float[] values(String name, long[] shape) {
    int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    if (name.endsWith("running_var") || name.endsWith("bn.weight")) {
      return uniform(name, count, 0.75, 1.25);
    }
    if (shape.length < 2) {
      return uniform(name, count, -0.1, 0.1);
    }
    double bound = Math.sqrt(6.0 / ((double) count / shape[0]));
    return uniform(name, count, -bound, bound);
  }

  /** Values between two bounds that depend on a name and their place alone. */
  static float[] uniform(String name, int count, double low, double high) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      int hash = (int) (i * 2654435761L + crc.getValue());
      hash = (hash ^ hash >>> 16) * 0x45d9f3b;
      hash = (hash ^ hash >>> 16) * 0x45d9f3b;
      double unit = Integer.toUnsignedLong(hash ^ hash >>> 16) / 0x1p32;
      values[i] = (float) (low + (high - low) * unit);
    }
    return values;
  }
}
