package dev.vernier.engine.program;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A hand-written stand-in for a part of a graph with one output. All arrays are float, contiguous
 * in 'c' order, of fixed shape, and belong to the plan; a kernel writes every element of its
 * results and keeps nothing of a call but scratch memory. It must compute what the composed
 * operations compute, up to rounding, and the same bits for the same input.
 */
public interface FusedKernel {
  /** The shape of the output for inputs of given shapes. */
  long[] outputShape(List<long[]> inputShapes);

  /** Computes the output from the inputs. */
  void forward(INDArray[] inputs, INDArray output);

  /**
   * Computes the gradients with respect to the inputs.
   *
   * @param gradients one array an input; null where nobody asks for it
   */
  void backward(INDArray[] inputs, INDArray output, INDArray outputGradient, INDArray[] gradients);
}
