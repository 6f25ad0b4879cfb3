package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The other layout of a map: {@code [N, C, H, W]} to {@code [N, H, W, C]}, or back.
 *
 * @param last whether the channels go last
 */
public record MoveChannels(boolean last) implements Operation {
  @Override
  public String name() {
    return last ? "channels_last" : "channels_first";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return last ? new long[] {x[0], x[2], x[3], x[1]} : new long[] {x[0], x[3], x[1], x[2]};
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    return last ? inputs[0].permute(0, 2, 3, 1) : inputs[0].permute(0, 3, 1, 2);
  }
}
