package dev.vernier.engine.onednn;

import dev.vernier.engine.onednn.Scratch.Purpose;
import dev.vernier.engine.program.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradients of a convolution's weights and bias as products of matrices, for windows that keep
 * a map's size. Where rows of a map end in zeros and maps in rows of zeros, each place of the
 * window is a shift by so many positions. Its gradient is then the output's, {@code [positions,
 * outputs]}, transposed, times the shifted input, {@code [positions, inputs]}: zeros meet what lies
 * beyond a border. Where AVX2 is the best a processor has, that is 1.3 to 1.7 times as fast as
 * oneDNN's own gradient in whole nets, copies included.
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

  /**
   * Whether this is the faster way.
   *
   * @param other oneDNN's own
   */
  static boolean suits(
      Window window,
      INDArray input,
      INDArray outputGradient,
      convolution_backward_weights.primitive_desc other) {
    boolean keeping =
        window.height() % 2 == 1
            && window.width() % 2 == 1
            && window.equals(Window.keeping(window.height(), window.width()));
    return keeping
        && Math.min(input.size(3), outputGradient.size(3)) >= CHANNELS
        && other.impl_info_str().getString().endsWith(":avx2");
  }

  /**
   * Appends the computation. The library owns what it needs, but for the room, which is the
   * scratch's.
   *
   * @param input {@code [N, H, W, inputs]}
   * @param outputGradient {@code [N, H, W, outputs]}
   * @param weights their gradient, {@code [outputs, inputs, height, width]}
   * @param bias its gradient; null where nobody asks for it
   */
  static void lay(
      OneDnn library,
      Window window,
      INDArray input,
      INDArray outputGradient,
      INDArray weights,
      INDArray bias,
      Scratch scratch) {
    WeightGradient gradient = new WeightGradient(library, window, input, outputGradient);
    memory byPlace = library.of(gradient.byPlace());
    Sums sums = gradient.new Sums(byPlace, bias);
    library.call(sums::clear);
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
  private void layByGroups(INDArray input, INDArray outputGradient, Sums sums, Scratch scratch) {
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
  private Runnable products(FloatPointer input, FloatPointer gradient, long maps, Sums sums) {
    List<Runnable> each = new ArrayList<>();
    for (long from = 0; from < maps * area; from += positions) {
      long count = Math.min(positions, maps * area - from);
      FloatPointer rows = gradient.getPointer(from * outputs);
      for (int place = 0; place < places(); place++) {
        FloatPointer shifted = input.getPointer((from + shift(place)) * inputs);
        FloatPointer sum = sums.weights.getPointer(place * outputs * inputs);
        each.add(() -> add(rows, shifted, inputs, count, sum));
      }
      if (sums.bias != null) {
        each.add(() -> add(rows, sums.ones, 1, count, sums.bias));
      }
    }
    return () -> each.forEach(Runnable::run);
  }

  /** Adds the product of the transposed rows and others to a sum. */
  private void add(
      FloatPointer rows, FloatPointer others, long columns, long count, FloatPointer sum) {
    int status =
        dnnl.dnnl_sgemm(
            TRANSPOSED,
            AS_IT_LIES,
            outputs,
            columns,
            count,
            1,
            rows,
            outputs,
            others,
            columns,
            1,
            sum,
            columns);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException(
          "oneDNN cannot multiply [%d, %d] by [%d, %d], status %d"
              .formatted(outputs, count, count, columns, status));
    }
  }

  /** Where products add up. */
  private final class Sums {
    private final FloatPointer weights;
    private final FloatPointer bias;
    private final FloatPointer ones;

    Sums(memory byPlace, INDArray bias) {
      this.weights =
          new FloatPointer(byPlace.get_data_handle()).capacity(places() * outputs * inputs);
      this.bias = bias == null ? null : numbers(bias).capacity(outputs);
      this.ones = bias == null ? null : library.own(ones());
    }

    private FloatPointer ones() {
      float[] ones = new float[(int) positions];
      Arrays.fill(ones, 1);
      return new FloatPointer(ones);
    }

    void clear() {
      weights.zero();
      if (bias != null) {
        bias.zero();
      }
    }
  }
}
