package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.program.operations.Rotate;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rotary embedding and its gradient, which turns the other way; a block of rows a task. */
final class Rotation {
  private static final int BLOCK = 64;

  private final Rotate operation;
  private final float direction;
  private final float[] table;
  private final Floats tableFloats;
  private final Floats from;
  private final Floats to;
  private final int width;
  private final ThreadLocal<float[]> scratch;

  private Rotation(Rotate operation, float direction, INDArray from, INDArray table, INDArray to) {
    this.operation = operation;
    this.direction = direction;
    this.tableFloats = Floats.of(table);
    this.table = new float[tableFloats.length()];
    this.from = Floats.of(from);
    this.to = Floats.of(to);
    this.width = operation.heads() * operation.headWidth();
    this.scratch = ThreadLocal.withInitial(() -> new float[width]);
  }

  /** The output for x and table. */
  static Kernel forward(Rotate operation, INDArray[] inputs, INDArray output) {
    return new Rotation(operation, 1, inputs[0], inputs[1], output).kernel();
  }

  /** The gradient of x. */
  static Kernel backward(
      Rotate operation, INDArray table, INDArray outputGradient, INDArray gradient) {
    return new Rotation(operation, -1, outputGradient, table, gradient).kernel();
  }

  private Kernel kernel() {
    int rows = from.length() / width;
    return () -> {
      tableFloats.read(0, table, table.length);
      Parallel.forEach(
          (rows + BLOCK - 1) / BLOCK,
          block -> {
            for (int n = block * BLOCK; n < Math.min(rows, (block + 1) * BLOCK); n++) {
              rotate(n);
            }
          });
    };
  }

  private void rotate(int n) {
    float[] row = scratch.get();
    from.read(n * width, row, width);
    int headWidth = operation.headWidth();
    int angles = n % operation.length() * headWidth;
    for (int c = 0; c < operation.rotated() * headWidth; c += headWidth) {
      for (int i = 0; i < headWidth; i += 2) {
        float cosine = table[angles + i];
        float sine = direction * table[angles + i + 1];
        float real = row[c + i];
        float imaginary = row[c + i + 1];
        row[c + i] = real * cosine - imaginary * sine;
        row[c + i + 1] = real * sine + imaginary * cosine;
      }
    }
    to.write(n * width, row, width);
  }
}
