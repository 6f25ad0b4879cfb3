package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.ColumnSums;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.onednn.Products.Matrices;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An affine map of rows and its gradients. */
final class AffineMap {
  private AffineMap() {}

  /** The output for x, weight and, where there is one, what is added. */
  static Kernel forward(INDArray[] inputs, boolean constantWeights, INDArray output) {
    OneDnn kernel = new OneDnn();
    Products products = new Products(kernel);
    Matrices weights = products.of(inputs[1]).transposed();
    long out = output.size(1);
    products.multiply(
        products.of(inputs[0]),
        constantWeights ? products.packed(weights) : weights,
        products.of(output),
        1,
        inputs.length == 2
            ? Optional.empty()
            : Optional.of(products.of(inputs[2], inputs[2].length() / out, out)));
    return kernel;
  }

  /** The gradients that are asked for. */
  static Kernel backward(INDArray[] inputs, INDArray outputGradient, INDArray[] gradients) {
    OneDnn kernel = new OneDnn();
    Products products = new Products(kernel);
    Matrices dy = products.of(outputGradient);
    if (gradients[0] != null) {
      products.multiply(dy, products.of(inputs[1]), products.of(gradients[0]));
    }
    if (gradients[1] != null) {
      products.multiply(dy.transposed(), products.of(inputs[0]), products.of(gradients[1]));
    }
    if (gradients.length > 2 && gradients[2] != null) {
      INDArray added = gradients[2];
      kernel.call(
          added.length() == outputGradient.length()
              ? () -> added.assign(outputGradient.reshape(added.shape()))
              : ColumnSums.summing(Floats.of(outputGradient), Floats.of(added)));
    }
    return kernel;
  }
}
