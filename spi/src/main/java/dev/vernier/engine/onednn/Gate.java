package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gate of SwiGLU and its gradients, through oneDNN. */
final class Gate {
  private final OneDnn library = new OneDnn();
  private final memory.desc numbers;
  private final memory gate;
  private final memory x;
  private final Swish swish;
  private final binary.primitive_desc product;

  private Gate(INDArray[] inputs) {
    this.numbers = library.floats(memory.format_tag.a, inputs[0].length());
    this.gate = library.of(inputs[0], numbers);
    this.x = library.of(inputs[1], numbers);
    this.swish = new Swish(library, numbers);
    this.product =
        library.own(
            new binary.primitive_desc(
                OneDnn.cpu(), dnnl.algorithm.binary_mul, numbers, numbers, numbers));
  }

  /** The output for gate and x. */
  static Kernel forward(INDArray[] inputs, INDArray output) {
    Gate kernel = new Gate(inputs);
    kernel.layGated(kernel.x, kernel.library.of(output, kernel.numbers));
    return kernel.library;
  }

  /** The gradients that are asked for. */
  static Kernel backward(INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    Gate kernel = new Gate(inputs);
    memory upstream = kernel.library.of(outputGradient, kernel.numbers);
    if (gradients[0] != null) {
      kernel.layGateGradient(upstream, kernel.library.of(gradients[0], kernel.numbers));
    }
    if (gradients[1] != null) {
      kernel.layGated(upstream, kernel.library.of(gradients[1], kernel.numbers));
    }
    return kernel.library;
  }

  private void layGated(memory factor, memory result) {
    swish.append(gate, result);
    layProduct(result, factor, result);
  }

  private void layGateGradient(memory upstream, memory gradient) {
    layProduct(upstream, x, gradient);
    swish.appendGradient(gate, gradient, gradient);
  }

  private void layProduct(memory a, memory b, memory result) {
    library.call(
        new binary(product),
        library.arguments(
            dnnl.DNNL_ARG_SRC_0, a, dnnl.DNNL_ARG_SRC_1, b, dnnl.DNNL_ARG_DST, result));
  }
}
