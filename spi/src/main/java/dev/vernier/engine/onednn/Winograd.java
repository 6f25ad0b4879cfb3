package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.onednn.Products.Matrices;
import dev.vernier.engine.onednn.Scratch.Purpose;
import dev.vernier.engine.program.Window;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolutions by 3 x 3 windows that keep a map's size, and their gradients, with 36 products for
 * 16 outputs in place of 144 (Winograd's minimal filtering F(4 x 4, 3 x 3), as Lavin and Gray 2016
 * have it). Maps become tiles some rows at a time, so that these are still in the cache when they
 * are multiplied. Weights are transformed before each run, constant ones too: kept, they would take
 * four times their memory. Products are in single precision always, since what tiles add up to
 * loses too much in bfloat16. From some channels on that is faster than oneDNN's own convolutions
 * in single precision, as measured on two cores with AVX2 and with AVX-512.
 */
final class Winograd {
  private static final int PLACES = TileStrip.PLACES;
  private static final Window WINDOW = Window.keeping(3, 3);

  /** Floats of the tiles that are multiplied at once, unless one row has more. */
  private static final int NUMBERS = 1 << 20;

  /** With fewer channels what is saved in products is lost in transforms of maps. */
  private static final int FEWEST_CHANNELS = 64;

  /** With fewer tiles it is lost in transforms of weights. */
  private static final int FEWEST_TILES = 32;

  private final OneDnn library;
  private final Products products;
  private final Scratch scratch;
  private final TileGrid grid;

  /** Rows of tiles that are multiplied at once. */
  private final int group;

  private final int inputs;
  private final int outputs;
  private final INDArray inputTiles;
  private final INDArray outputTiles;
  private final Floats in;
  private final Floats out;

  /**
   * From maps to others.
   *
   * @param library what is appended to
   */
  private Winograd(OneDnn library, Scratch scratch, INDArray from, INDArray to) {
    this.library = library;
    this.products = new Products(library, Precision.FP32);
    this.scratch = scratch;
    this.grid = TileGrid.of(from);
    this.inputs = (int) from.size(3);
    this.outputs = (int) to.size(3);
    long row = (long) PLACES * grid.across() * Math.max(inputs, outputs);
    int most = (int) Math.max(1, Math.min(grid.rows(), NUMBERS / row));
    int groups = (grid.rows() + most - 1) / most;
    this.group = (grid.rows() + groups - 1) / groups;
    this.inputTiles = tiles(Purpose.INPUT_TILES);
    this.outputTiles = tiles(Purpose.OUTPUT_TILES);
    this.in = Floats.of(inputTiles);
    this.out = Floats.of(outputTiles);
  }

  /**
   * Whether this is the faster way.
   *
   * @param input {@code [N, H, W, C]}
   * @param output likewise
   */
  static boolean suits(Window window, INDArray input, INDArray output) {
    TileGrid grid = TileGrid.of(input);
    return window.equals(WINDOW)
        && Math.min(input.size(3), output.size(3)) >= FEWEST_CHANNELS
        && Math.max(input.size(3), output.size(3)) <= TileStrip.MOST_CHANNELS
        && Math.max(input.length(), output.length()) <= Floats.MOST
        && grid.tiles() >= FEWEST_TILES
        && grid.isHalfFull();
  }

  /**
   * Appends the convolution itself.
   *
   * @param inputs x {@code [N, H, W, inputs]}, weight {@code [outputs, inputs, 3, 3]} and bias
   */
  static void layForward(OneDnn library, Scratch scratch, INDArray[] inputs, INDArray result) {
    Winograd kernel = new Winograd(library, scratch, inputs[0], result);
    Matrices weights = kernel.layWeights(inputs[1], false);
    kernel.layConvolution(inputs[0], weights, inputs[2], result);
  }

  /** Appends the gradient of its input. */
  static void layDataGradient(
      OneDnn library,
      Scratch scratch,
      INDArray weight,
      INDArray resultGradient,
      INDArray gradient) {
    Winograd kernel = new Winograd(library, scratch, resultGradient, gradient);
    Matrices weights = kernel.layWeights(weight, true);
    kernel.layConvolution(resultGradient, weights, null, gradient);
  }

  /** Appends the gradient of its weights. */
  static void layWeightGradient(
      OneDnn library,
      Scratch scratch,
      INDArray input,
      INDArray resultGradient,
      INDArray weightGradient) {
    Winograd kernel = new Winograd(library, scratch, input, resultGradient);
    kernel.layGradient(input, resultGradient);
    kernel.layWindows(weightGradient);
  }

  private INDArray tiles(Purpose purpose) {
    long most = (long) PLACES * group * grid.across() * Math.max(inputs, outputs);
    return scratch.of(purpose, Math.max(NUMBERS, most));
  }

  private int size() {
    return inputs * outputs;
  }

  private INDArray tileWeights() {
    return scratch.of(Purpose.TILE_WEIGHTS, (long) PLACES * size());
  }

  private INDArray placedWeights() {
    return scratch.of(Purpose.PLACED_WEIGHTS, (long) TileWeights.PLACES * size());
  }

  /**
   * Appends the transform of weights.
   *
   * @param turned whether for the gradient, which reads outputs through windows turned by half a
   *     turn
   * @return {@code [36, inputs, outputs]}
   */
  private Matrices layWeights(INDArray weight, boolean turned) {
    memory.desc lying = library.floats(memory.format_tag.oihw, weight.shape());
    INDArray placed = placedWeights();
    library.reorder(
        library.of(weight, lying), library.of(placed, 0, byPlace(weight.shape(), turned)));
    INDArray transformed = tileWeights();
    Floats from = Floats.of(placed);
    Floats to = Floats.of(transformed);
    library.call(() -> TileWeights.transform(scratch.tileWeights(), from, turned, to, size()));
    return products.of(transformed, PLACES, inputs, outputs);
  }

  /** Weights {@code [O, I, 3, 3]}, all of one place before those of the next, outputs together. */
  private memory.desc byPlace(long[] shape, boolean turned) {
    long[] strides = {1, outputs, 3L * size(), size()};
    if (turned) {
      strides[0] = outputs;
      strides[1] = 1;
    }
    return library.floats(shape, strides);
  }

  /** Appends the gradient of the weights, from that of the transformed ones. */
  private void layWindows(INDArray weightGradient) {
    INDArray placed = placedWeights();
    Floats from = Floats.of(tileWeights());
    Floats to = Floats.of(placed);
    library.call(() -> TileWeights.transformGradient(scratch.tileWeights(), from, to, size()));
    memory.desc lying = library.floats(memory.format_tag.oihw, weightGradient.shape());
    library.reorder(
        library.of(placed, 0, byPlace(weightGradient.shape(), false)),
        library.of(weightGradient, lying));
  }

  /** Some rows of tiles. */
  private record Group(int first, int rows) {}

  private void eachGroup(Consumer<Group> layer) {
    for (int first = 0; first < grid.rows(); first += group) {
      layer.accept(new Group(first, Math.min(group, grid.rows() - first)));
    }
  }

  private void layRows(Group part, int channels, BiConsumer<TileStrip, TileStrip.Row> work) {
    List<TileStrip.Row> rows =
        IntStream.range(0, part.rows)
            .mapToObj(at -> new TileStrip.Row(grid, channels, part.first + at, at, part.rows))
            .toList();
    ObjIntConsumer<TileStrip> each = (strip, at) -> work.accept(strip, rows.get(at));
    library.call(() -> Parallel.forEach(rows.size(), scratch.strips(), each));
  }

  private void layConvolution(INDArray from, Matrices weights, INDArray bias, INDArray to) {
    Floats read = Floats.of(from);
    Floats written = Floats.of(to);
    float[] biases = bias == null ? null : layBiases(bias);
    eachGroup(
        part -> {
          layRows(part, inputs, (strip, row) -> strip.transformInput(read, row, in));
          products.multiply(
              matrices(inputTiles, part, inputs), weights, matrices(outputTiles, part, outputs));
          layRows(part, outputs, (strip, row) -> strip.transformOutput(out, row, biases, written));
        });
  }

  /** Room that holds the biases of a strip's tiles from then on. */
  private float[] layBiases(INDArray bias) {
    float[] biases = new float[TileStrip.tiles(grid, outputs) * outputs];
    Floats added = Floats.of(bias);
    library.call(
        () -> {
          for (int tile = 0; tile < biases.length; tile += outputs) {
            added.read(0, biases, tile, outputs);
          }
        });
    return biases;
  }

  private Matrices matrices(INDArray tiles, Group part, int channels) {
    return products.of(tiles, PLACES, (long) part.rows * grid.across(), channels);
  }

  private void layGradient(INDArray input, INDArray resultGradient) {
    Floats read = Floats.of(input);
    Floats gradient = Floats.of(resultGradient);
    Matrices sum = products.of(tileWeights(), PLACES, inputs, outputs);
    eachGroup(
        part -> {
          layRows(part, inputs, (strip, row) -> strip.transformInput(read, row, in));
          layRows(part, outputs, (strip, row) -> strip.transformGradient(gradient, row, out));
          Matrices left = matrices(inputTiles, part, inputs).transposed();
          Matrices right = matrices(outputTiles, part, outputs);
          layProduct(left, right, sum, part.first == 0);
        });
  }

  private void layProduct(Matrices left, Matrices right, Matrices sum, boolean first) {
    if (first) {
      products.multiply(left, right, sum);
    } else {
      products.add(left, right, sum);
    }
  }
}
