package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.onednn.Products.Matrices;
import dev.vernier.engine.program.operations.Attend;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention and its gradients; the gradients compute the weights of attention again, which costs
 * less than to keep them.
 */
final class Attention implements Kernel {
  private final OneDnn library = new OneDnn();
  private final Products products = new Products(library);
  private final List<Runnable> calls = new ArrayList<>();
  private final Attend operation;
  private final INDArray mask;
  private final Matrices weights;
  private final softmax_forward.primitive_desc softmax;

  private Attention(Attend operation, INDArray[] inputs) {
    this.operation = operation;
    this.mask = operation.mask();
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
    calls.add(
        operation.causal()
            ? products.call(queries, keys, weights, operation.scale(), products.of(mask))
            : products.call(queries, keys, weights, operation.scale()));
    calls.add(
        library.call(
            new softmax_forward(softmax),
            library.arguments(
                dnnl.DNNL_ARG_SRC, weights.memory(), dnnl.DNNL_ARG_DST, weights.memory())));
  }

  /** The output for queries, keys and values. */
  static Kernel forward(Attend operation, INDArray[] inputs, INDArray output) {
    Attention kernel = new Attention(operation, inputs);
    Products products = kernel.products;
    kernel.calls.add(products.call(kernel.weights, products.of(inputs[2]), products.of(output)));
    return kernel;
  }

  /** The gradients that are asked for. */
  static Kernel backward(
      Attend operation, INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    Attention kernel = new Attention(operation, inputs);
    kernel.layGradients(inputs, outputGradient, gradients);
    return kernel;
  }

  private void layGradients(INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    Matrices upstream = products.of(outputGradient);
    if (gradients[2] != null) {
      calls.add(products.call(weights.transposed(), upstream, products.of(gradients[2])));
    }
    if (gradients[0] == null && gradients[1] == null) {
      return;
    }
    Matrices scores = products.of(inputs[0].size(0), operation.length(), operation.length());
    calls.add(products.call(upstream, products.of(inputs[2]).transposed(), scores));
    layThroughSoftmax(scores);
    if (gradients[0] != null) {
      calls.add(
          products.call(
              scores, products.of(inputs[1]), products.of(gradients[0]), operation.scale()));
    }
    if (gradients[1] != null) {
      calls.add(
          products.call(
              scores.transposed(),
              products.of(inputs[0]),
              products.of(gradients[1]),
              operation.scale()));
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
    calls.add(
        library.call(
            new softmax_backward(backward),
            library.arguments(
                dnnl.DNNL_ARG_DST,
                weights.memory(),
                dnnl.DNNL_ARG_DIFF_DST,
                gradient.memory(),
                dnnl.DNNL_ARG_DIFF_SRC,
                gradient.memory())));
  }

  @Override
  public void run() {
    calls.forEach(Runnable::run);
  }

  @Override
  public void close() {
    library.close();
    mask.close();
  }
}
