package dev.vernier.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products of matrices, or of stacks of them, through oneDNN. */
final class Products {
  private final OneDnn library;

  Products(OneDnn library) {
    this.library = library;
  }

  /** An array's matrices, {@code [.., rows, columns]}. */
  Matrices of(INDArray array) {
    return of(array, array.shape());
  }

  /** The same numbers as matrices of another shape. */
  Matrices of(INDArray array, long... shape) {
    memory.desc description = library.own(described(shape, false));
    return new Matrices(library.of(array, description), description, shape);
  }

  /** New matrices. */
  Matrices of(long... shape) {
    memory.desc description = library.own(described(shape, false));
    return new Matrices(library.of(description), description, shape);
  }

  private static memory.desc described(long[] shape, boolean transposed) {
    int rank = shape.length;
    long[] strides = new long[rank];
    long stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    long[] seen = shape.clone();
    if (transposed) {
      swap(seen);
      swap(strides);
    }
    return new memory.desc(seen, memory.data_type.f32, strides);
  }

  private static void swap(long[] values) {
    int last = values.length - 1;
    long held = values[last];
    values[last] = values[last - 1];
    values[last - 1] = held;
  }

  /** The run of {@code c = a b}. */
  Runnable call(Matrices a, Matrices b, Matrices c) {
    return call(a, b, c, 1);
  }

  /** The run of {@code c = factor a b}. */
  Runnable call(Matrices a, Matrices b, Matrices c, double factor) {
    matmul.primitive_desc description =
        library.own(
            new matmul.primitive_desc(
                OneDnn.cpu(),
                a.description,
                b.description,
                c.description,
                scaled(factor, null),
                false));
    return library.call(
        new matmul(description),
        library.arguments(
            dnnl.DNNL_ARG_SRC,
            a.numbers,
            dnnl.DNNL_ARG_WEIGHTS,
            b.numbers,
            dnnl.DNNL_ARG_DST,
            c.numbers));
  }

  /** The run of {@code c = factor a b + shift}, the shift the same for every matrix. */
  Runnable call(Matrices a, Matrices b, Matrices c, double factor, Matrices shift) {
    matmul.primitive_desc description =
        library.own(
            new matmul.primitive_desc(
                OneDnn.cpu(),
                a.description,
                b.description,
                c.description,
                scaled(factor, shift),
                false));
    return library.call(
        new matmul(description),
        library.arguments(
            dnnl.DNNL_ARG_SRC,
            a.numbers,
            dnnl.DNNL_ARG_WEIGHTS,
            b.numbers,
            dnnl.DNNL_ARG_DST,
            c.numbers,
            dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (factor == 1 ? 1 : 2) | dnnl.DNNL_ARG_SRC_1,
            shift.numbers));
  }

  private primitive_attr scaled(double factor, Matrices shift) {
    post_ops after = library.own(new post_ops());
    if (factor != 1) {
      after.append_eltwise(dnnl.algorithm.eltwise_linear, (float) factor, 0);
    }
    if (shift != null) {
      after.append_binary(dnnl.algorithm.binary_add, shift.description);
    }
    primitive_attr attributes = library.attributes();
    attributes.set_post_ops(after);
    return attributes;
  }

  /** Matrices in memory, as they lie or transposed. */
  final class Matrices {
    private final memory numbers;
    private final memory.desc description;
    private final long[] shape;

    private Matrices(memory numbers, memory.desc description, long[] shape) {
      this.numbers = numbers;
      this.description = description;
      this.shape = shape;
    }

    /** The same memory, rows taken for columns. */
    Matrices transposed() {
      memory.desc other = library.own(described(shape, true));
      return new Matrices(library.sharing(numbers, other), other, shape);
    }

    memory memory() {
      return numbers;
    }

    memory.desc description() {
      return description;
    }
  }
}
