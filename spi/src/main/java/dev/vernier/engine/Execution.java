package dev.vernier.engine;

import dev.vernier.engine.program.Profile;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A program ready to run again and again without allocation. Set the inputs, run, read the outputs,
 * which are copied out. An input keeps its value until it is set again or carried into. Not safe
 * for use by several threads at once. Owns its memory.
 */
public interface Execution extends AutoCloseable {
  /**
   * Sets an input.
   *
   * @param value copied; of the input's shape
   * @throws IllegalArgumentException if it is no input of the program, or the value does not fit
   */
  void set(SDVariable input, INDArray value);

  /**
   * Sets a float input.
   *
   * @param values as many as it has, in row-major order
   * @throws IllegalArgumentException as above
   */
  void set(SDVariable input, float[] values);

  /**
   * Sets an input of 32-bit integers.
   *
   * @param values as many as it has, in row-major order
   * @throws IllegalArgumentException as above
   */
  void set(SDVariable input, int[] values);

  /** Computes everything once. */
  void run();

  /** The floats of an input or output, in row-major order. */
  float[] floats(SDVariable variable);

  /** The only number of an output. */
  default double number(SDVariable output) {
    return floats(output)[0];
  }

  /** The 32-bit integers of an input or output. */
  int[] integers(SDVariable variable);

  /** A copy of an input or output; the caller closes it. */
  INDArray read(SDVariable variable);

  /**
   * A copy of the gradient with respect to an input; the caller closes it.
   *
   * @throws IllegalArgumentException if the program does not compute it
   */
  INDArray readGradient(SDVariable input);

  /** The floats of the gradient with respect to an input. */
  default float[] gradient(SDVariable input) {
    try (INDArray copy = readGradient(input)) {
      return copy.data().asFloat();
    }
  }

  /** Where the time went, over all runs. */
  Profile profile();

  /** Memory held for intermediate results, in bytes. */
  long workingBytes();

  @Override
  void close();
}
