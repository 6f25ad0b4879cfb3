package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The gate of SwiGLU (Shazeer 2020): {@code swish(gate) * x}. Inputs: gate and x, of one shape,
 * which is also the output's.
 */
public record SwiGlu() implements Operation {
  @Override
  public String name() {
    return "swiglu";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return inputs.get(0);
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable gate = inputs[0];
    return gate.mul(gate.getSameDiff().nn().sigmoid(gate)).mul(inputs[1]);
  }
}
