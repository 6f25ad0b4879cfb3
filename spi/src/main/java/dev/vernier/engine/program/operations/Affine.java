package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * An affine map of rows. Inputs: x {@code [N, in]}, weight {@code [out, in]} as PyTorch has it and,
 * unless the map is linear, what is added: a bias {@code [out]}, or a row for each {@code [N,
 * out]}, as where a residual ends; output {@code [N, out]}.
 *
 * @param out numbers of a row of the output
 */
public record Affine(int out) implements Operation {
  @Override
  public String name() {
    return "affine";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return new long[] {inputs.get(0)[0], out};
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable product = inputs[0].mmul(inputs[1].permute(1, 0));
    return inputs.length == 2 ? product : product.add(inputs[2].reshape(-1, out));
  }
}
