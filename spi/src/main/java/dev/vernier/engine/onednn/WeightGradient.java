package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.onednn.Scratch.Purpose;
import dev.vernier.engine.program.Window;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of a convolution's weights as products of matrices, for windows that keep a map's
 * size. Where rows of a map end in zeros and maps in rows of zeros, each place of the window is a
 * shift by so many positions. Its gradient is then the output's, {@code [positions, outputs]},
 * transposed, times the shifted input, {@code [positions, inputs]}: zeros meet what lies beyond a
 * border. Where AVX2 is the best a processor has, that is 1.3 to 1.7 times as fast as oneDNN's own
 * gradient in whole nets, copies included.
 */
final class WeightGradient {
  /** Numbers of a factor, so few that all places of the window find them in a cache. */
  private static final long NUMBERS = 1 << 17;

  private static final long LEAST_POSITIONS = 1024;

  /** With fewer channels the products are no faster. */
  private static final long CHANNELS = 16;

  private static final byte AS_IT_LIES = 'N';
  private static final byte TRANSPOSED = 'T';

  private final OneDnn library;
  private final Window window;
  private final long images;
  private final long height;
  private final long width;
  private final long inputs;
  private final long outputs;

  /** From a position to the one below it. */
  private final long pitch;

  /** From a map to the next. */
  private final long area;

  /** That one product takes. */
  private final long positions;

  private WeightGradient(OneDnn library, Window window, INDArray input, INDArray outputGradient) {
    this.library = library;
    this.window = window;
    this.images = input.size(0);
    this.height = input.size(1);
    this.width = input.size(2);
    this.inputs = input.size(3);
    this.outputs = outputGradient.size(3);
    this.pitch = width + window.width() / 2;
    this.area = (height + window.height() / 2) * pitch;
    this.positions = Math.max(LEAST_POSITIONS, NUMBERS / Math.max(inputs, outputs));
  }

  /** Whether this is the faster way with AVX2. */
  static boolean suits(Window window, INDArray input, INDArray outputGradient) {
    boolean keeping =
        window.height() % 2 == 1
            && window.width() % 2 == 1
            && window.equals(Window.keeping(window.height(), window.width()));
    return keeping
        && Math.min(input.size(3), outputGradient.size(3)) >= CHANNELS
        // More cannot be summed for the bias.
        && outputGradient.length() <= Floats.MOST;
  }

  /**
   * Appends the computation. The library owns what it needs, but for the room, which is the
   * scratch's.
   *
   * @param input {@code [N, H, W, inputs]}
   * @param outputGradient {@code [N, H, W, outputs]}
   * @param weights their gradient, {@code [outputs, inputs, height, width]}
   */
  static void lay(
      OneDnn library,
      Window window,
      INDArray input,
      INDArray outputGradient,
      INDArray weights,
      Scratch scratch) {
    WeightGradient gradient = new WeightGradient(library, window, input, outputGradient);
    memory byPlace = library.of(gradient.byPlace());
    FloatPointer sums =
        new FloatPointer(byPlace.get_data_handle())
            .capacity(gradient.places() * gradient.outputs * gradient.inputs);
    library.call(sums::zero);
    if (gradient.places() == 1) {
      library.call(
          gradient.products(numbers(input), numbers(outputGradient), gradient.images, sums));
    } else {
      gradient.layByGroups(input, outputGradient, sums, scratch);
    }
    memory.desc lying = library.floats(memory.format_tag.oihw, weights.shape());
    library.reorder(byPlace, library.of(weights, lying));
  }

  private long places() {
    return (long) window.height() * window.width();
  }

  /** The weights, all of one place before those of the next. */
  private memory.desc byPlace() {
    long[] shape = {outputs, inputs, window.height(), window.width()};
    long matrix = outputs * inputs;
    long[] strides = {inputs, 1, window.width() * matrix, matrix};
    return library.floats(shape, strides);
  }

  private static FloatPointer numbers(INDArray array) {
    return new FloatPointer(array.data().addressPointer());
  }

  /** Copies as many maps at a time as a product takes, so that they are still in the cache then. */
  private void layByGroups(
      INDArray input, INDArray outputGradient, FloatPointer sums, Scratch scratch) {
    long group = Math.max(1, Math.min(images, positions / area));
    long margin = -shift(0);
    INDArray maps =
        scratch.of(Purpose.INPUT_MAPS, (2 * margin + group * area) * inputs, layout(inputs));
    INDArray gradients =
        scratch.of(Purpose.OUTPUT_GRADIENTS, group * area * outputs, layout(outputs));
    FloatPointer firstMap = numbers(maps).getPointer(margin * inputs);
    Runnable wholeGroup = products(firstMap, numbers(gradients), group, sums);
    for (long first = 0; first < images; first += group) {
      long count = Math.min(group, images - first);
      layCopy(input, first, count, maps, margin);
      layCopy(outputGradient, first, count, gradients, 0);
      library.call(
          count == group ? wholeGroup : products(firstMap, numbers(gradients), count, sums));
    }
  }

  /** What says where the zeros are. */
  private List<Long> layout(long channels) {
    return List.of(height, width, pitch, area, channels);
  }

  /**
   * Appends a copy of some maps into room with zeros around them.
   *
   * @param from the position of the first
   */
  private void layCopy(INDArray all, long first, long count, INDArray room, long from) {
    long channels = all.size(3);
    long[] shape = {count, channels, height, width};
    memory.desc dense = library.floats(memory.format_tag.nhwc, shape);
    long[] strides = {area * channels, 1, pitch * channels, channels};
    memory.desc spread = library.floats(shape, strides);
    library.reorder(
        library.of(all, first * height * width * channels, dense),
        library.of(room, from * channels, spread));
  }

  /** How far the input's position lies from the output's, at a place of the window. */
  private long shift(long place) {
    long row = place / window.width() - window.height() / 2;
    long column = place % window.width() - window.width() / 2;
    return row * pitch + column;
  }

  /** All products of so many maps. */
  private Runnable products(
      FloatPointer input, FloatPointer gradient, long maps, FloatPointer sums) {
    List<Runnable> each = new ArrayList<>();
    for (long from = 0; from < maps * area; from += positions) {
      long count = Math.min(positions, maps * area - from);
      FloatPointer rows = gradient.getPointer(from * outputs);
      for (int place = 0; place < places(); place++) {
        FloatPointer shifted = input.getPointer((from + shift(place)) * inputs);
        FloatPointer sum = sums.getPointer(place * outputs * inputs);
        each.add(() -> add(rows, shifted, count, sum));
      }
    }
    return () -> each.forEach(Runnable::run);
  }

  /** Adds the product of the transposed rows and others to a sum. */
  private void add(FloatPointer rows, FloatPointer others, long count, FloatPointer sum) {
    int status =
        dnnl.dnnl_sgemm(
            TRANSPOSED,
            AS_IT_LIES,
            outputs,
            inputs,
            count,
            1,
            rows,
            outputs,
            others,
            inputs,
            1,
            sum,
            inputs);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(
          "oneDNN cannot multiply [%d, %d] by [%d, %d], status %d"
              .formatted(outputs, count, count, inputs, status));
    }
  }
}
