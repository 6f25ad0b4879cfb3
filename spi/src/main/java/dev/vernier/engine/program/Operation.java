package dev.vernier.engine.program;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * An operation on arrays of fixed shape, floats or 32-bit integers, with one output of floats: a
 * record of its attributes. The composition defines what it computes and how it is differentiated;
 * an executor may have a kernel that computes the same up to rounding.
 */
public interface Operation {
  /** Its name in profiles. */
  String name();

  /** The shape of the output for inputs of given shapes. */
  long[] outputShape(List<long[]> inputs);

  /** Whether a kernel may write the output over the first input. */
  default boolean inPlace() {
    return false;
  }

  /**
   * The same in operations of SameDiff.
   *
   * @param inputs the only variables it may use
   */
  SDVariable compose(SDVariable... inputs);
}
