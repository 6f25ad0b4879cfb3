package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Swish and its gradient in place, through oneDNN. */
final class Swish {
  private final OneDnn library = new OneDnn();
  private final memory.desc numbers;
  private final eltwise_forward.primitive_desc forward;

  private Swish(INDArray array) {
    this.numbers = library.floats(memory.format_tag.a, array.length());
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
    Swish kernel = new Swish(array);
    memory values = kernel.library.of(array, kernel.numbers);
    kernel.library.call(
        new eltwise_forward(kernel.forward),
        kernel.library.arguments(dnnl.DNNL_ARG_SRC, values, dnnl.DNNL_ARG_DST, values));
    return kernel.library;
  }

  /**
   * Replaces each number by the slope of swish there, times the gradient.
   *
   * @param array its numbers are each read before they are written
   */
  static Kernel backward(INDArray array, INDArray gradient) {
    Swish kernel = new Swish(array);
    memory values = kernel.library.of(array, kernel.numbers);
    eltwise_backward.primitive_desc backward =
        kernel.library.own(
            new eltwise_backward.primitive_desc(
                OneDnn.cpu(),
                dnnl.algorithm.eltwise_swish,
                kernel.numbers,
                kernel.numbers,
                kernel.numbers,
                1,
                0,
                kernel.forward));
    kernel.library.call(
        new eltwise_backward(backward),
        kernel.library.arguments(
            dnnl.DNNL_ARG_SRC,
            values,
            dnnl.DNNL_ARG_DIFF_DST,
            kernel.library.of(gradient, kernel.numbers),
            dnnl.DNNL_ARG_DIFF_SRC,
            values));
    return kernel.library;
  }
}
