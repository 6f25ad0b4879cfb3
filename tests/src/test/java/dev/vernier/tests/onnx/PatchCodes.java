package dev.vernier.tests.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A tokenizer in two models: the code of a patch of 4 x 4 pixels is the filter that it excites
 * most, and its picture a row of a table.
 *
 * @param type of the indices in both models
 * @param layout of the indices behind the images
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PatchCodes(int type, long... layout) {
  public static final int CODES = 16;
  public static final int SIDE = 32;
  static final int PATCH = 4;
  public static final int GRID = SIDE / PATCH;
  private static final int VALUES = 3 * PATCH * PATCH;

  /** The pictures of all codes, {@code [CODES, 3, PATCH, PATCH]}. */
  static float[] table() {
    return numbers(11);
  }

  private static float[] numbers(long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[CODES * VALUES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat();
    }
    return numbers;
  }

  private long[] shape(long batch) {
    long[] shape = new long[layout.length + 1];
    shape[0] = batch;
    System.arraycopy(layout, 0, shape, 1, layout.length);
    return shape;
  }

  /** From images to indices. */
  public Path encoder(Path file, long batch) throws IOException {
    // In a Reshape, 0 stands for the side as it is.
    return encoder(file, batch, 0);
  }

  /**
   * One that says it takes any number of images and takes one, as if it had been traced with it.
   */
  Path tracedEncoder(Path file) throws IOException {
    return encoder(file, OnnxGraph.ANY, 1);
  }

  /** One whose indices are larger than those of any codebook. */
  Path boundlessEncoder(Path file) throws IOException {
    return new OnnxGraph()
        .input("images", 1, 3, SIDE, SIDE)
        .weights("filters", numbers(12), CODES, 3, PATCH, PATCH)
        .integers("far", 1L << 32)
        .integers("layout", shape(0))
        .windows("Conv", List.of("images", "filters"), "excited", PATCH, PATCH)
        .number("ArgMax", List.of("excited"), "most", "axis", 1)
        .node("Reshape", List.of("most", "layout"), "laid")
        .node("Add", List.of("laid", "far"), "indices")
        .integerOutput("indices", OnnxGraph.INT64, shape(1))
        .write(file);
  }

  private Path encoder(Path file, long batch, long inside) throws IOException {
    return new OnnxGraph()
        .input("images", batch, 3, SIDE, SIDE)
        .weights("filters", numbers(12), CODES, 3, PATCH, PATCH)
        .integers("layout", shape(inside))
        .windows("Conv", List.of("images", "filters"), "excited", PATCH, PATCH)
        .number("ArgMax", List.of("excited"), "most", "axis", 1)
        .node("Reshape", List.of("most", "layout"), "laid")
        .number("Cast", List.of("laid"), "indices", "to", type)
        .integerOutput("indices", type, shape(batch))
        .write(file);
  }

  /** From indices to images. */
  public Path decoder(Path file, long batch) throws IOException {
    return new OnnxGraph()
        .integerInput("indices", type, shape(batch))
        .weights("table", table(), CODES, VALUES)
        .integers("flat", 0, GRID * GRID)
        .integers("apart", 0, GRID, GRID, 3, PATCH, PATCH)
        .integers("together", 0, 3, SIDE, SIDE)
        .node("Reshape", List.of("indices", "flat"), "list")
        .node("Gather", List.of("table", "list"), "patches")
        .node("Reshape", List.of("patches", "apart"), "grid")
        .node("Transpose", List.of("grid"), "turned", "perm", 0, 3, 1, 4, 2, 5)
        .node("Reshape", List.of("turned", "together"), "decoded")
        .output("decoded", batch, 3, SIDE, SIDE)
        .write(file);
  }
}
