package dev.vernier.tests.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A small vision model: a linear layer on patches of 4 x 4 pixels, then ReLU. It can say what it
 * sees in each of the ways that vision models do.
 *
 * @param width channels of a patch
 * @param weights {@code [width, 3, 4, 4]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PatchNet(int width, float[] weights) {
  static final int PATCH = 4;

  /** A model with weights from a seed. */
  public static PatchNet random(int width, long seed) {
    Random random = new Random(seed);
    float[] weights = new float[width * 3 * PATCH * PATCH];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian() / PATCH;
    }
    return new PatchNet(width, weights);
  }

  /** The model up to its patches, {@code map [N, width, h, w]}, which is no output yet. */
  OnnxGraph graph(long... input) {
    return new OnnxGraph()
        .input("images", input)
        .weights("weights", weights, width, 3, PATCH, PATCH)
        .windows("Conv", List.of("images", "weights"), "linear", PATCH, PATCH)
        .node("Relu", List.of("linear"), "map");
  }

  /** With the outputs of a convolutional net: patches, and their mean as the global feature. */
  public Path convolutional(Path file, long... input) throws IOException {
    return withMean(graph(input).output("map", input[0], width, OnnxGraph.ANY, OnnxGraph.ANY))
        .write(file);
  }

  /** With a global feature only. */
  public Path global(Path file, long... input) throws IOException {
    return withMean(graph(input)).write(file);
  }

  private OnnxGraph withMean(OnnxGraph graph) {
    return graph
        .node("GlobalAveragePool", List.of("map"), "average")
        .node("Flatten", List.of("average"), "pooled")
        .output("pooled", OnnxGraph.ANY, width);
  }

  /**
   * With the output of a transformer.
   *
   * @param classTokens how often the patches' maximum stands before the patches
   */
  Path tokens(Path file, int classTokens, long... input) throws IOException {
    OnnxGraph graph =
        graph(input)
            .integers("flat", 0, width, -1)
            .node("Reshape", List.of("map", "flat"), "channels")
            .node("Transpose", List.of("channels"), "patches", "perm", 0, 2, 1)
            .node("ReduceMax", List.of("patches"), "class", "axes", 1);
    List<String> tokens =
        Stream.concat(Collections.nCopies(classTokens, "class").stream(), Stream.of("patches"))
            .toList();
    return graph
        .concat(tokens, "tokens", 1)
        .output("tokens", input[0], OnnxGraph.ANY, width)
        .write(file);
  }

  /**
   * The patches of an image, computed in the plainest way.
   *
   * @param image {@code [3, side, side]}, as the model sees it
   * @return {@code [width, side / 4, side / 4]}
   */
  double[] map(double[] image, int side) {
    int grid = side / PATCH;
    double[] map = new double[width * grid * grid];
    for (int o = 0; o < width; o++) {
      for (int p = 0; p < grid * grid; p++) {
        double sum = 0;
        for (int i = 0; i < 3 * PATCH * PATCH; i++) {
          int c = i / (PATCH * PATCH);
          int y = p / grid * PATCH + i / PATCH % PATCH;
          int x = p % grid * PATCH + i % PATCH;
          sum += weights[o * 3 * PATCH * PATCH + i] * image[(c * side + y) * side + x];
        }
        map[o * grid * grid + p] = Math.max(0, sum);
      }
    }
    return map;
  }
}
