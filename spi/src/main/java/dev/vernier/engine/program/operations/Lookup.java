package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Rows of a table by index: inputs table {@code [K, d]} and 32-bit integers {@code [N]}, output
 * {@code [N, d]}. The gradient of the table is summed in the order of the indices, so it is the
 * same every time.
 *
 * @param size K
 */
public record Lookup(int size) implements Operation {
  /** The index of no entry: its row is zeros, and nothing flows back through it. */
  public static final int NONE = -1;

  @Override
  public String name() {
    return "lookup";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return new long[] {inputs.get(1)[0], inputs.get(0)[1]};
  }

  /** As a product with one-hot rows. */
  @Override
  public SDVariable compose(SDVariable... inputs) {
    return inputs[0]
        .getSameDiff()
        .oneHot(inputs[1], size, -1, 1, 0, DataType.FLOAT)
        .mmul(inputs[0]);
  }
}
