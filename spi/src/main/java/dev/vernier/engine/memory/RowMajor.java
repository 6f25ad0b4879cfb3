package dev.vernier.engine.memory;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses arrays whose numbers do not lie one after another in 'c' order. */
final class RowMajor {
  private RowMajor() {}

  /**
   * Checks an array by its strides: a permuted view keeps the ordering of what it views.
   *
   * @throws IllegalArgumentException if it is of another type, not contiguous, or too long for Java
   */
  static void require(INDArray array, DataType type) {
    if (array.length() > Floats.MOST) {
      throw new IllegalArgumentException(
          "an array of "
              + array.length()
              + " numbers is larger than the "
              + Floats.MOST
              + " that fit");
    }
    boolean fits = array.dataType() == type;
    long stride = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      fits &= array.size(axis) == 1 || array.stride(axis) == stride;
      stride *= array.size(axis);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "needs a contiguous array of " + type + ", not " + array.shapeInfoToString());
    }
  }
}
