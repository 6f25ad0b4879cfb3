package dev.vernier.engine.nd4j;

import dev.vernier.engine.program.Operation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernels that stand in for the compositions of operations. All arrays are contiguous in 'c' order,
 * of fixed shape, and belong to the execution, which closes its kernels first.
 */
public interface Kernels extends AutoCloseable {
  /** None: every operation is composed. */
  Kernels NONE = new Kernels() {};

  /** Whether there are kernels for an operation. */
  default boolean has(Operation operation) {
    return false;
  }

  /** Memory that kernels share, in bytes. */
  default long bytes() {
    return 0;
  }

  /** Frees what kernels share. */
  @Override
  default void close() {}

  /**
   * Computes the output from the inputs.
   *
   * @param constant which inputs already hold the values that they always will
   */
  default Kernel forward(
      Operation operation, INDArray[] inputs, boolean[] constant, INDArray output) {
    throw new IllegalArgumentException("no kernel for " + operation.name());
  }

  /**
   * Computes the gradients with respect to the inputs.
   *
   * @param constant which inputs already hold the values that they always will
   * @param gradients one array an input; null where nobody asks for it
   */
  default Kernel backward(
      Operation operation,
      INDArray[] inputs,
      boolean[] constant,
      INDArray output,
      INDArray outputGradient,
      INDArray[] gradients) {
    throw new IllegalArgumentException("no kernel for " + operation.name());
  }
}
