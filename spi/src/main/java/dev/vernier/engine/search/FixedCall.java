package dev.vernier.engine.search;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An operation of ND4J on arrays that are set once, to be executed again and again: ND4J would make
 * a native context for each execution otherwise.
 */
final class FixedCall implements AutoCloseable {
  private final DynamicCustomOp operation;
  private final OpContext context = Nd4j.getExecutioner().buildContext();

  /**
   * A product of matrices.
   *
   * @param left {@code [N, d]}
   * @param right {@code [K, d]}, which is transposed
   * @param product {@code [N, K]}, which takes it; all arrays stay the caller's
   */
  static FixedCall product(INDArray left, INDArray right, INDArray product) {
    return new FixedCall(
        DynamicCustomOp.builder("matmul")
            .addInputs(left, right)
            .addOutputs(product)
            .addIntegerArguments(0, 1)
            .build(),
        product,
        left,
        right);
  }

  private FixedCall(DynamicCustomOp operation, INDArray output, INDArray... inputs) {
    this.operation = operation;
    context.setArgs(
        inputs, operation.iArgs(), operation.dArgs(), operation.tArgs(), operation.bArgs());
    context.setOutputArray(0, output);
  }

  void execute() {
    Nd4j.getExecutioner().exec(operation, context);
  }

  @Override
  public void close() {
    try {
      context.close();
    } catch (Exception e) {
      throw new IllegalStateException(
          "ND4J did not release the context of " + operation.opName(), e);
    }
  }
}
