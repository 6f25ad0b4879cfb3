package dev.vernier.engine.nd4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Blocks of native memory that arrays take in turns while an execution is laid out. Owns the
 * blocks.
 */
final class Arena implements AutoCloseable {
  /** A block more than this much larger than an array is left for a larger one. */
  private static final int MAX_WASTE = 2;

  private final List<DataBuffer> blocks = new ArrayList<>();
  private final List<DataBuffer> free = new ArrayList<>();

  /** A block for an array, an unused one where it fits. */
  DataBuffer take(DataType type, long length) {
    long wanted = Math.max(1, length);
    DataBuffer fitting =
        free.stream()
            .filter(
                each ->
                    each.dataType() == type
                        && each.length() >= wanted
                        && each.length() <= wanted * MAX_WASTE)
            .min(Comparator.comparingLong(DataBuffer::length))
            .orElse(null);
    if (fitting == null) {
      DataBuffer block = Nd4j.createBuffer(type, wanted, true);
      blocks.add(block);
      return block;
    }
    // Not remove(): buffers are equal where their numbers are.
    free.removeIf(each -> each == fitting);
    return fitting;
  }

  /** Makes a block available to arrays laid out later. */
  void release(DataBuffer block) {
    free.add(block);
  }

  /** An array at the start of a block, contiguous in 'c' order. */
  static INDArray array(DataBuffer block, long[] shape) {
    return Nd4j.create(block, shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
  }

  /** Total size in bytes. */
  long bytes() {
    return blocks.stream().mapToLong(block -> block.length() * block.getElementSize()).sum();
  }

  @Override
  public void close() {
    blocks.forEach(DataBuffer::close);
    blocks.clear();
    free.clear();
  }
}
