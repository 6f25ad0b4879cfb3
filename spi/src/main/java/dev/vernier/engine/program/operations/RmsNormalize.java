package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Root mean square normalization of rows (Zhang and Sennrich 2019). Inputs: x {@code [N, C]},
 * weight {@code [C]}.
 *
 * @param epsilon added to the mean square
 */
public record RmsNormalize(double epsilon) implements Operation {
  @Override
  public String name() {
    return "rms_norm";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return inputs.get(0);
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable x = inputs[0];
    SDVariable root = x.getSameDiff().math().sqrt(x.mul(x).mean(true, 1).add(epsilon));
    return x.div(root).mul(inputs[1].reshape(1, -1));
  }
}
