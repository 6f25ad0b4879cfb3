package dev.vernier.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products of matrices, or of stacks of them, through oneDNN. */
final class Products {
  private final OneDnn library;
  private final Precision precision;

  /** In the precision chosen. */
  Products(OneDnn library) {
    this(library, Precision.chosen());
  }

  Products(OneDnn library, Precision precision) {
    this.library = library;
    this.precision = precision;
  }

  /** An array's matrices, {@code [.., rows, columns]}. */
  Matrices of(INDArray array) {
    return of(array, array.shape());
  }

  /** The same numbers as matrices of another shape. */
  Matrices of(INDArray array, long... shape) {
    return of(array, 0, shape, contiguous(shape));
  }

  /**
   * Matrices that lie spread in an array.
   *
   * @param from the place of their first number
   * @param strides of each dimension; that of the last is 1
   */
  Matrices of(INDArray array, long from, long[] shape, long[] strides) {
    memory.desc description = library.floats(shape, strides);
    return new Matrices(library.of(array, from, description), description, shape, strides);
  }

  /** New matrices with given numbers. */
  Matrices of(float[] values, long... shape) {
    Matrices made = of(shape);
    new FloatPointer(made.numbers.get_data_handle()).put(values);
    return made;
  }

  /** New matrices. */
  Matrices of(long... shape) {
    memory.desc description = library.floats(shape, contiguous(shape));
    return new Matrices(library.of(description), description, shape, contiguous(shape));
  }

  /** The first numbers of given matrices, under another shape; the memory stays theirs. */
  Matrices sharing(Matrices given, long... shape) {
    memory.desc description = library.floats(shape, contiguous(shape));
    return new Matrices(
        library.sharing(given.numbers, description), description, shape, contiguous(shape));
  }

  /** Constant matrices, to stand on the right, copied now into the layout oneDNN likes best. */
  Matrices packed(Matrices right) {
    return new Matrices(right.numbers, right.description, right.shape, right.strides, true);
  }

  private static long[] contiguous(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  private static long[] swapped(long[] values) {
    long[] result = values.clone();
    int last = values.length - 1;
    result[last] = values[last - 1];
    result[last - 1] = values[last];
    return result;
  }

  /** Appends {@code c = a b}. */
  void multiply(Matrices a, Matrices b, Matrices c) {
    multiply(a, b, c, 1, Optional.empty());
  }

  /** Appends {@code c = factor a b}. */
  void multiply(Matrices a, Matrices b, Matrices c, double factor) {
    multiply(a, b, c, factor, Optional.empty());
  }

  /** Appends {@code c = c + a b}. */
  void add(Matrices a, Matrices b, Matrices c) {
    post_ops after = library.own(new post_ops());
    after.append_sum();
    multiply(a, b, c, after, Optional.empty());
  }

  private static memory.desc anyLayout(long[] shape) {
    return new memory.desc(shape, memory.data_type.f32, memory.format_tag.any);
  }

  /** Appends {@code c = factor a b + shift}, where a side of 1 of the shift is repeated. */
  void multiply(Matrices a, Matrices b, Matrices c, double factor, Optional<Matrices> shift) {
    post_ops after = library.own(new post_ops());
    if (factor != 1) {
      after.append_eltwise(dnnl.algorithm.eltwise_linear, (float) factor, 0);
    }
    shift.ifPresent(each -> after.append_binary(dnnl.algorithm.binary_add, each.description));
    multiply(a, b, c, after, shift);
  }

  private void multiply(
      Matrices a, Matrices b, Matrices c, post_ops after, Optional<Matrices> shift) {
    primitive_attr attributes = library.attributes(precision);
    attributes.set_post_ops(after);
    matmul.primitive_desc description =
        library.own(
            new matmul.primitive_desc(
                OneDnn.cpu(),
                a.description,
                b.packed ? library.own(anyLayout(b.shape)) : b.description,
                c.description,
                attributes,
                false));
    IntMemoryMap arguments =
        library.arguments(
            dnnl.DNNL_ARG_SRC,
            a.numbers,
            dnnl.DNNL_ARG_WEIGHTS,
            b.packed
                ? library.inLayout(
                    b.numbers, b.description, library.own(description.weights_desc()), true)
                : b.numbers,
            dnnl.DNNL_ARG_DST,
            c.numbers);
    if (shift.isPresent()) {
      int place = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * after.len();
      arguments.put(place | dnnl.DNNL_ARG_SRC_1, shift.get().numbers);
    }
    library.call(new matmul(description), arguments);
  }

  /** Matrices in memory, as they lie or transposed. */
  final class Matrices {
    private final memory numbers;
    private final memory.desc description;
    private final long[] shape;
    private final long[] strides;
    private final boolean packed;

    private Matrices(memory numbers, memory.desc description, long[] shape, long[] strides) {
      this(numbers, description, shape, strides, false);
    }

    private Matrices(
        memory numbers, memory.desc description, long[] shape, long[] strides, boolean packed) {
      this.packed = packed;
      this.numbers = numbers;
      this.description = description;
      this.shape = shape;
      this.strides = strides;
    }

    /** The same memory, rows taken for columns. */
    Matrices transposed() {
      long[] turned = swapped(shape);
      long[] turnedStrides = swapped(strides);
      memory.desc other = library.floats(turned, turnedStrides);
      return new Matrices(library.sharing(numbers, other), other, turned, turnedStrides);
    }

    /** Size of each dimension. */
    long[] shape() {
      return shape.clone();
    }

    memory memory() {
      return numbers;
    }

    memory.desc description() {
      return description;
    }
  }
}
