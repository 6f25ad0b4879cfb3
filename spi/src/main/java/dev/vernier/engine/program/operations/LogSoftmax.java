package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;

/**
 * The logarithm of softmax over each row of a matrix {@code [N, K]}. ND4J's own operation for it
 * does not survive differentiation in this release.
 */
public record LogSoftmax() implements Operation {
  @Override
  public String name() {
    return "log_softmax";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return inputs.get(0);
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable logits = inputs[0];
    SDVariable largest =
        new StopGradient(logits.getSameDiff(), logits.max(true, 1)).outputVariable();
    SDVariable shifted = logits.sub(largest);
    SDVariable sum = logits.getSameDiff().math().exp(shifted).sum(true, 1);
    return shifted.sub(logits.getSameDiff().math().log(sum));
  }
}
