package dev.vernier.engine.program;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Work done in Java in the middle of an execution, such as the codebook search between encoder and
 * decoder. It reads computed variables or parameters and writes placeholders, so no gradient flows
 * through it.
 */
@FunctionalInterface
public interface HostStep {
  /**
   * Fills every element of the written arrays; all arrays are contiguous in 'c' order. Those
   * written belong to the execution, those read to it or to the parameters.
   */
  void run(INDArray[] reads, INDArray[] writes);
}
