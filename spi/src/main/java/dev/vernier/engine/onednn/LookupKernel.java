package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.program.FusedKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rows of a table by index: inputs table {@code [K, d]} and indices {@code [N]}, output {@code [N,
 * d]}. The gradient of the table is summed in the order of the indices, so it is the same every
 * time.
 */
public final class LookupKernel implements FusedKernel {
  /** The index of no entry: its row is zeros, and nothing flows back through it. */
  public static final int NONE = -1;

  @Override
  public long[] outputShape(List<long[]> inputShapes) {
    return new long[] {inputShapes.get(1)[0], inputShapes.get(0)[1]};
  }

  @Override
  public void forward(INDArray[] inputs, INDArray output) {
    int[] indices = Integers.read(inputs[1]);
    int dimension = (int) output.size(1);
    Floats table = Floats.of(inputs[0]);
    float[] rows = new float[indices.length * dimension];
    for (int n = 0; n < indices.length; n++) {
      if (indices[n] != NONE) {
        table.read(indices[n] * dimension, rows, n * dimension, dimension);
      }
    }
    Floats.of(output).write(0, rows, rows.length);
  }

  @Override
  public void backward(
      INDArray[] inputs, INDArray output, INDArray outputGradient, INDArray[] gradients) {
    int[] indices = Integers.read(inputs[1]);
    int dimension = (int) output.size(1);
    float[] rows = Floats.all(outputGradient);
    float[] table = new float[(int) inputs[0].length()];
    for (int n = 0; n < indices.length; n++) {
      for (int i = 0; i < dimension && indices[n] != NONE; i++) {
        table[indices[n] * dimension + i] += rows[n * dimension + i];
      }
    }
    Floats.of(gradients[0]).write(0, table, table.length);
  }
}
