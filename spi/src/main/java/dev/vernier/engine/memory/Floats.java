package dev.vernier.engine.memory;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The floats of a contiguous array in 'c' order, reached without a copy of the whole. Safe for use
 * by several threads.
 */
public final class Floats {
  private final FloatBuffer buffer;
  private final int length;

  private Floats(FloatBuffer buffer, int length) {
    this.buffer = buffer;
    this.length = length;
  }

  /**
   * The floats of an array; valid while the array is.
   *
   * @throws IllegalArgumentException if the array is not float or not contiguous
   */
  public static Floats of(INDArray array) {
    RowMajor.require(array, DataType.FLOAT);
    int length = (int) array.length();
    FloatPointer pointer = new FloatPointer(array.data().addressPointer());
    return new Floats(pointer.position(0).capacity(length).asBuffer(), length);
  }

  /** A copy of all floats of an array. */
  public static float[] all(INDArray array) {
    Floats floats = of(array);
    float[] values = new float[floats.length];
    floats.read(0, values, values.length);
    return values;
  }

  /** Number of floats. */
  public int length() {
    return length;
  }

  /** Copies floats out. */
  public void read(int from, float[] target, int count) {
    buffer.get(from, target, 0, count);
  }

  /** Copies floats out to any place of an array. */
  public void read(int from, float[] target, int targetFrom, int count) {
    buffer.get(from, target, targetFrom, count);
  }

  /** Copies floats in. */
  public void write(int from, float[] source, int count) {
    buffer.put(from, source, 0, count);
  }

  /** Copies floats in from any place of an array. */
  public void write(int from, float[] source, int sourceFrom, int count) {
    buffer.put(from, source, sourceFrom, count);
  }
}
