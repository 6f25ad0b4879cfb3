package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Swish and its gradient, through oneDNN. */
final class Swish {
  private final OneDnn library;
  private final memory.desc numbers;
  private final eltwise_forward.primitive_desc forward;

  /**
   * Of so many numbers.
   *
   * @param library what is appended to
   */
  Swish(OneDnn library, memory.desc numbers) {
    this.library = library;
    this.numbers = numbers;
    this.forward =
        library.own(
            new eltwise_forward.primitive_desc(
                OneDnn.cpu(),
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.eltwise_swish,
                numbers,
                numbers,
                1,
                0));
  }

  /** Replaces each number by its swish. */
  static Kernel forward(INDArray array) {
    OneDnn library = new OneDnn();
    memory.desc numbers = library.floats(memory.format_tag.a, array.length());
    memory values = library.of(array, numbers);
    new Swish(library, numbers).append(values, values);
    return library;
  }

  /**
   * Replaces each number by the slope of swish there, times the gradient.
   *
   * @param array its numbers are each read before they are written
   */
  static Kernel backward(INDArray array, INDArray gradient) {
    OneDnn library = new OneDnn();
    memory.desc numbers = library.floats(memory.format_tag.a, array.length());
    memory values = library.of(array, numbers);
    new Swish(library, numbers).appendGradient(values, library.of(gradient, numbers), values);
    return library;
  }

  /** Appends swish from one place to another, which may be the same. */
  void append(memory from, memory to) {
    library.call(
        new eltwise_forward(forward),
        library.arguments(dnnl.DNNL_ARG_SRC, from, dnnl.DNNL_ARG_DST, to));
  }

  /**
   * Appends the slope of swish at some numbers, times a gradient.
   *
   * @param result may be either of both
   */
  void appendGradient(memory at, memory gradient, memory result) {
    eltwise_backward.primitive_desc backward =
        library.own(
            new eltwise_backward.primitive_desc(
                OneDnn.cpu(),
                dnnl.algorithm.eltwise_swish,
                numbers,
                numbers,
                numbers,
                1,
                0,
                forward));
    library.call(
        new eltwise_backward(backward),
        library.arguments(
            dnnl.DNNL_ARG_SRC,
            at,
            dnnl.DNNL_ARG_DIFF_DST,
            gradient,
            dnnl.DNNL_ARG_DIFF_SRC,
            result));
  }
}
