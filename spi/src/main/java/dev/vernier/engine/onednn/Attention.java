package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.onednn.Products.Matrices;
import dev.vernier.engine.program.operations.Attend;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention and its gradients; the gradients compute the weights of attention again, which costs
 * less than to keep them.
 */
final class Attention {
  private final OneDnn library = new OneDnn();
  private final Products products = new Products(library);
  private final Attend operation;
  private final Matrices weights;
  private final softmax_forward.primitive_desc softmax;

  private Attention(Attend operation, INDArray[] inputs) {
    this.operation = operation;
    long sequences = inputs[0].size(0);
    this.weights = products.of(sequences, operation.length(), operation.length());
    this.softmax =
        library.own(
            new softmax_forward.primitive_desc(
                OneDnn.cpu(),
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.softmax_accurate,
                weights.description(),
                weights.description(),
                2));
    layWeights(inputs);
  }

  private void layWeights(INDArray[] inputs) {
    Matrices queries = products.of(inputs[0]);
    Matrices keys = products.of(inputs[1]).transposed();
    products.multiply(
        queries,
        keys,
        weights,
        operation.scale(),
        operation.causal()
            ? Optional.of(products.of(operation.mask(), 1, operation.length(), operation.length()))
            : Optional.empty());
    library.call(
        new softmax_forward(softmax),
        library.arguments(
            dnnl.DNNL_ARG_SRC, weights.memory(), dnnl.DNNL_ARG_DST, weights.memory()));
  }

  /** The output for queries, keys and values. */
  static Kernel forward(Attend operation, INDArray[] inputs, INDArray output) {
    Attention kernel = new Attention(operation, inputs);
    Products products = kernel.products;
    products.multiply(kernel.weights, products.of(inputs[2]), products.of(output));
    return kernel.library;
  }

  /** The gradients that are asked for. */
  static Kernel backward(
      Attend operation, INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    Attention kernel = new Attention(operation, inputs);
    kernel.layGradients(inputs, outputGradient, gradients);
    return kernel.library;
  }

  private void layGradients(INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    Matrices upstream = products.of(outputGradient);
    if (gradients[2] != null) {
      products.multiply(weights.transposed(), upstream, products.of(gradients[2]));
    }
    if (gradients[0] == null && gradients[1] == null) {
      return;
    }
    Matrices scores = products.of(inputs[0].size(0), operation.length(), operation.length());
    products.multiply(upstream, products.of(inputs[2]).transposed(), scores);
    layThroughSoftmax(scores);
    if (gradients[0] != null) {
      products.multiply(
          scores, products.of(inputs[1]), products.of(gradients[0]), operation.scale());
    }
    if (gradients[1] != null) {
      products.multiply(
          scores.transposed(),
          products.of(inputs[0]),
          products.of(gradients[1]),
          operation.scale());
    }
  }

  /** From the gradient of the weights to that of the scores, in place. */
  private void layThroughSoftmax(Matrices gradient) {
    memory.desc description = gradient.description();
    softmax_backward.primitive_desc backward =
        library.own(
            new softmax_backward.primitive_desc(
                OneDnn.cpu(),
                dnnl.algorithm.softmax_accurate,
                description,
                description,
                weights.description(),
                2,
                softmax));
    library.call(
        new softmax_backward(backward),
        library.arguments(
            dnnl.DNNL_ARG_DST,
            weights.memory(),
            dnnl.DNNL_ARG_DIFF_DST,
            gradient.memory(),
            dnnl.DNNL_ARG_DIFF_SRC,
            gradient.memory()));
  }
}
