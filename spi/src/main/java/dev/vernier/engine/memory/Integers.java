package dev.vernier.engine.memory;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies 32-bit integers between contiguous arrays and the heap. */
public final class Integers {
  private Integers() {}

  /**
   * All integers of an array.
   *
   * @throws IllegalArgumentException if it is of another type or not contiguous
   */
  public static int[] read(INDArray array) {
    int[] values = new int[(int) array.length()];
    read(array, values);
    return values;
  }

  /** Copies as many integers of an array out as the target holds. */
  public static void read(INDArray array, int[] target) {
    RowMajor.require(array, DataType.INT32);
    Access.chosen().read(array, target);
  }

  /**
   * Fills an array.
   *
   * @throws IllegalArgumentException if it is of another type or not contiguous
   */
  public static void write(INDArray array, int[] values) {
    RowMajor.require(array, DataType.INT32);
    Access.chosen().write(array, values);
  }
}
