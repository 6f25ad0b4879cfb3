package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The cross-entropy of each row of logits with the class that is right, in nats. Inputs: logits
 * {@code [N, K]} and 32-bit integers {@code [N]}; output {@code [N]}. The index {@link Lookup#NONE}
 * costs nothing and has no gradient.
 *
 * @param classes K
 */
public record CrossEntropy(int classes) implements Operation {
  @Override
  public String name() {
    return "cross_entropy";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return new long[] {inputs.get(0)[0]};
  }

  /** As a product with one-hot rows. */
  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable right = inputs[0].getSameDiff().oneHot(inputs[1], classes, -1, 1, 0, DataType.FLOAT);
    return new LogSoftmax().compose(inputs[0]).mul(right).sum(1).neg();
  }
}
