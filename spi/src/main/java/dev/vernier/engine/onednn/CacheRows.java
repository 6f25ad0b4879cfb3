package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.operations.WriteCache;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the keys and values of one position; where the output is the cache itself, only those. */
final class CacheRows {
  private CacheRows() {}

  /** The output for cache, keys and values, and position. */
  static Kernel write(WriteCache operation, INDArray[] inputs, INDArray output) {
    Floats source = Floats.of(inputs[1]);
    Floats target = Floats.of(output);
    int width = operation.heads() * operation.headWidth();
    int pairs = 2 * operation.heads();
    float[] row = new float[2 * width];
    int[] position = new int[1];
    boolean inPlace = inputs[0].data().address() == output.data().address();
    return () -> {
      if (!inPlace) {
        output.assign(inputs[0]);
      }
      Integers.read(inputs[2], position);
      for (int s = 0; s < operation.sequences(); s++) {
        source.read((3 * s + 1) * width, row, row.length);
        for (int i = 0; i < pairs; i++) {
          int part = i / operation.heads();
          int head = (part * operation.sequences() + s) * operation.heads() + i % operation.heads();
          target.write(
              (head * operation.capacity() + position[0]) * operation.headWidth(),
              row,
              i * operation.headWidth(),
              operation.headWidth());
        }
      }
    };
  }
}
