package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.operations.Lookup;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of a table, and their gradient, summed in the order of the indices. */
final class TableLookup {
  private TableLookup() {}

  static Kernel forward(INDArray table, INDArray indices, INDArray output) {
    int dimension = (int) output.size(1);
    Floats entries = Floats.of(table);
    Floats target = Floats.of(output);
    float[] rows = new float[target.length()];
    int[] index = new int[(int) indices.length()];
    return () -> {
      Integers.read(indices, index);
      for (int n = 0; n < index.length; n++) {
        if (index[n] == Lookup.NONE) {
          Arrays.fill(rows, n * dimension, (n + 1) * dimension, 0);
        } else {
          entries.read(index[n] * dimension, rows, n * dimension, dimension);
        }
      }
      target.write(0, rows, rows.length);
    };
  }

  static Kernel backward(INDArray indices, INDArray outputGradient, INDArray tableGradient) {
    int dimension = (int) outputGradient.size(1);
    Floats source = Floats.of(outputGradient);
    Floats target = Floats.of(tableGradient);
    float[] rows = new float[source.length()];
    float[] sums = new float[target.length()];
    int[] index = new int[(int) indices.length()];
    return () -> {
      Integers.read(indices, index);
      source.read(0, rows, rows.length);
      Arrays.fill(sums, 0);
      for (int n = 0; n < index.length; n++) {
        if (index[n] != Lookup.NONE) {
          for (int i = 0; i < dimension; i++) {
            sums[index[n] * dimension + i] += rows[n * dimension + i];
          }
        }
      }
      target.write(0, sums, sums.length);
    };
  }
}
