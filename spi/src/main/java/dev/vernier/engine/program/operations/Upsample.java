package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Nearest-neighbour upsampling by 2: {@code [N, H, W, C]} to {@code [N, 2H, 2W, C]}. */
public record Upsample() implements Operation {
  @Override
  public String name() {
    return "upsample";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return new long[] {x[0], 2 * x[1], 2 * x[2], x[3]};
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    // ND4J 1.0.0-M2.1 differentiates this for channels that come first only, and with one factor
    // for both sides it leaves the layout unset.
    SDVariable first = inputs[0].permute(0, 3, 1, 2);
    return first.getSameDiff().cnn().upsampling2d(first, 2, 2, true).permute(0, 2, 3, 1);
  }
}
