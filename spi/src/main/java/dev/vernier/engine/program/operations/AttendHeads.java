package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Self-attention with several heads (Vaswani et al. 2017) on sequences that lie row after row.
 * Input: queries, keys and values side by side, {@code [S * n, 3 * h * d]}, each of them head by
 * head; output {@code [S * n, h * d]}.
 *
 * @param length n
 * @param heads h
 * @param headWidth d
 * @param causal whether a position sees only itself and those before it
 */
public record AttendHeads(int length, int heads, int headWidth, boolean causal)
    implements Operation {
  @Override
  public String name() {
    return causal ? "causal_self_attention" : "self_attention";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return new long[] {inputs.get(0)[0], (long) heads * headWidth};
  }

  /** The attention of each head. */
  public Attend each() {
    return new Attend(length, 1 / Math.sqrt(headWidth), causal);
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable x = inputs[0].reshape(-1, length, 3, heads, headWidth).permute(2, 0, 3, 1, 4);
    SDVariable[] parts = new SDVariable[3];
    for (int part = 0; part < parts.length; part++) {
      parts[part] =
          x.getSameDiff()
              .slice(x, new int[] {part, 0, 0, 0, 0}, 1, -1, heads, length, headWidth)
              .reshape(-1, length, headWidth);
    }
    return each()
        .compose(parts)
        .reshape(-1, heads, length, headWidth)
        .permute(0, 2, 1, 3)
        .reshape(-1, heads * headWidth);
  }
}
