package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.onednn.Products.Matrices;
import dev.vernier.engine.onednn.Scratch.Purpose;
import dev.vernier.engine.program.operations.Attend;
import dev.vernier.engine.program.operations.AttendHeads;
import java.util.Arrays;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention and its gradients; the gradients compute the weights of attention again, which costs
 * less than to keep them. Several heads are read where they lie.
 */
final class Attention {
  private final OneDnn library = new OneDnn();
  private final Products products = new Products(library);
  private final Attend operation;
  private final Scratch scratch;

  private Attention(Attend operation, Scratch scratch) {
    this.operation = operation;
    this.scratch = scratch;
  }

  /** The output for queries, keys and values. */
  static Kernel forward(Attend operation, INDArray[] inputs, INDArray output, Scratch scratch) {
    Attention kernel = new Attention(operation, scratch);
    return kernel.forward(kernel.separate(inputs), kernel.products.of(output));
  }

  /** The output of all heads. */
  static Kernel forward(AttendHeads operation, INDArray input, INDArray output, Scratch scratch) {
    Attention kernel = new Attention(operation.each(), scratch);
    return kernel.forward(
        kernel.sideBySide(operation, input), kernel.part(operation, output, 1, 0));
  }

  /** The gradients that are asked for. */
  static Kernel backward(
      Attend operation,
      INDArray[] inputs,
      INDArray outputGradient,
      INDArray[] gradients,
      Scratch scratch) {
    Attention kernel = new Attention(operation, scratch);
    return kernel.backward(
        kernel.separate(inputs), kernel.products.of(outputGradient), kernel.separate(gradients));
  }

  /** The gradient of queries, keys and values of all heads. */
  static Kernel backward(
      AttendHeads operation,
      INDArray input,
      INDArray outputGradient,
      INDArray gradient,
      Scratch scratch) {
    Attention kernel = new Attention(operation.each(), scratch);
    return kernel.backward(
        kernel.sideBySide(operation, input),
        kernel.part(operation, outputGradient, 1, 0),
        kernel.sideBySide(operation, gradient));
  }

  private Matrices[] separate(INDArray[] arrays) {
    Matrices[] parts = new Matrices[arrays.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = arrays[i] == null ? null : products.of(arrays[i]);
    }
    return parts;
  }

  private Matrices[] sideBySide(AttendHeads heads, INDArray packed) {
    Matrices[] parts = new Matrices[3];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(heads, packed, parts.length, i);
    }
    return parts;
  }

  /**
   * One of several parts of each row, head by head. Below a dimension of one: without it oneDNN 3.8
   * takes the matrices of as many sequences as parts times positions for neighbours in memory.
   */
  private Matrices part(AttendHeads of, INDArray rows, int parts, int index) {
    int length = of.length();
    int headWidth = of.headWidth();
    long width = (long) of.heads() * headWidth;
    long row = parts * width;
    return products.of(
        rows,
        index * width,
        new long[] {1, rows.size(0) / length, of.heads(), length, headWidth},
        new long[] {rows.size(0) * row, length * row, headWidth, row, 1});
  }

  private Kernel forward(Matrices[] inputs, Matrices output) {
    products.multiply(weights(inputs).matrices(), inputs[2], output);
    return library;
  }

  private Matrices room(Purpose purpose, long[] shape) {
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return products.of(scratch.of(purpose, length), shape);
  }

  /** Lays the computation of the weights. */
  private Weights weights(Matrices[] inputs) {
    int length = operation.length();
    long[] shape = inputs[0].shape();
    int last = shape.length - 1;
    shape[last] = length;
    Matrices weights = room(Purpose.WEIGHTS, shape);
    products.multiply(inputs[0], inputs[1].transposed(), weights, operation.scale());
    if (operation.causal()) {
      layMask(weights);
    }
    softmax_forward.primitive_desc softmax =
        library.own(
            new softmax_forward.primitive_desc(
                OneDnn.cpu(),
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.softmax_accurate,
                weights.description(),
                weights.description(),
                last));
    library.call(
        new softmax_forward(softmax),
        library.arguments(
            dnnl.DNNL_ARG_SRC, weights.memory(), dnnl.DNNL_ARG_DST, weights.memory()));
    return new Weights(weights, softmax);
  }

  /** A step of its own: added by the product it would send oneDNN to its reference code. */
  private void layMask(Matrices scores) {
    Matrices mask = products.of(operation.mask(), maskShape(scores.shape().length));
    binary.primitive_desc sum =
        library.own(
            new binary.primitive_desc(
                OneDnn.cpu(),
                dnnl.algorithm.binary_add,
                scores.description(),
                mask.description(),
                scores.description()));
    library.call(
        new binary(sum),
        library.arguments(
            dnnl.DNNL_ARG_SRC_0,
            scores.memory(),
            dnnl.DNNL_ARG_SRC_1,
            mask.memory(),
            dnnl.DNNL_ARG_DST,
            scores.memory()));
  }

  private long[] maskShape(int rank) {
    long[] shape = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      shape[axis] = axis < rank - 2 ? 1 : operation.length();
    }
    return shape;
  }

  private Kernel backward(Matrices[] inputs, Matrices upstream, Matrices[] gradients) {
    Weights weights = weights(inputs);
    if (gradients[2] != null) {
      products.multiply(weights.matrices().transposed(), upstream, gradients[2]);
    }
    if (gradients[0] == null && gradients[1] == null) {
      return library;
    }
    Matrices scores = room(Purpose.WEIGHT_GRADIENTS, weights.matrices().shape());
    products.multiply(upstream, inputs[2].transposed(), scores);
    layThroughSoftmax(weights, scores);
    if (gradients[0] != null) {
      products.multiply(scores, inputs[1], gradients[0], operation.scale());
    }
    if (gradients[1] != null) {
      products.multiply(scores.transposed(), inputs[0], gradients[1], operation.scale());
    }
    return library;
  }

  /** From the gradient of the weights to that of the scores, in place. */
  private void layThroughSoftmax(Weights weights, Matrices gradient) {
    memory.desc description = gradient.description();
    softmax_backward.primitive_desc backward =
        library.own(
            new softmax_backward.primitive_desc(
                OneDnn.cpu(),
                dnnl.algorithm.softmax_accurate,
                description,
                description,
                weights.matrices().description(),
                gradient.shape().length - 1,
                weights.softmax()));
    library.call(
        new softmax_backward(backward),
        library.arguments(
            dnnl.DNNL_ARG_DST,
            weights.matrices().memory(),
            dnnl.DNNL_ARG_DIFF_DST,
            gradient.memory(),
            dnnl.DNNL_ARG_DIFF_SRC,
            gradient.memory()));
  }

  /** The weights of attention, and the softmax that ends in them. */
  private record Weights(Matrices matrices, softmax_forward.primitive_desc softmax) {}
}
