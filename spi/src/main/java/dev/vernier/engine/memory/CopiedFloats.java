package dev.vernier.engine.memory;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Floats that ND4J copies from and to wherever they lie. */
final class CopiedFloats extends Floats {
  private final INDArray flat;

  /**
   * The floats of a flat array.
   *
   * @param flat {@code [length]}
   */
  CopiedFloats(INDArray flat) {
    this.flat = flat;
  }

  @Override
  public int length() {
    return (int) flat.length();
  }

  @Override
  public void read(int from, float[] target, int targetFrom, int count) {
    if (count > 0) {
      try (INDArray copy = part(from, count).dup('c')) {
        System.arraycopy(copy.data().asFloat(), 0, target, targetFrom, count);
      }
    }
  }

  @Override
  public void write(int from, float[] source, int sourceFrom, int count) {
    if (count > 0) {
      float[] values = Arrays.copyOfRange(source, sourceFrom, sourceFrom + count);
      try (INDArray copy = Nd4j.createFromArray(values)) {
        part(from, count).assign(copy);
      }
    }
  }

  private INDArray part(int from, int count) {
    return flat.get(NDArrayIndex.interval(from, from + count));
  }
}
