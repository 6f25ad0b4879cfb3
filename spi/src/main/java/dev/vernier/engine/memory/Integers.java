package dev.vernier.engine.memory;

import java.nio.IntBuffer;
import org.bytedeco.javacpp.IntPointer;
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

  /** Copies all integers of an array out. */
  public static void read(INDArray array, int[] target) {
    buffer(array).get(0, target);
  }

  /**
   * Fills an array.
   *
   * @throws IllegalArgumentException if it is of another type or not contiguous
   */
  public static void write(INDArray array, int[] values) {
    buffer(array).put(0, values);
  }

  private static IntBuffer buffer(INDArray array) {
    RowMajor.require(array, DataType.INT32);
    return new IntPointer(array.data().addressPointer())
        .position(0)
        .capacity(array.length())
        .asBuffer();
  }
}
