package dev.vernier.engine.memory;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The floats of a contiguous array in 'c' order. On the CPU they are reached without a copy of the
 * whole, by several threads at a time; on another device ND4J copies what is asked for.
 */
public abstract class Floats {
  /** Most numbers of an array. JavaCPP's buffers end there, and cut longer ones without a word. */
  public static final int MOST = Integer.MAX_VALUE / Float.BYTES;

  Floats() {}

  /**
   * The floats of an array; valid while the array is.
   *
   * @throws IllegalArgumentException if the array is not float or not contiguous
   */
  public static Floats of(INDArray array) {
    RowMajor.require(array, DataType.FLOAT);
    return Access.chosen().floats(array);
  }

  /** A copy of all floats of an array. */
  public static float[] all(INDArray array) {
    RowMajor.require(array, DataType.FLOAT);
    return Access.chosen().all(array);
  }

  /** Number of floats. */
  public abstract int length();

  /** Copies floats out. */
  public void read(int from, float[] target, int count) {
    read(from, target, 0, count);
  }

  /** Copies floats out to any place of an array. */
  public abstract void read(int from, float[] target, int targetFrom, int count);

  /** Copies floats in. */
  public void write(int from, float[] source, int count) {
    write(from, source, 0, count);
  }

  /** Copies floats in from any place of an array. */
  public abstract void write(int from, float[] source, int sourceFrom, int count);
}
