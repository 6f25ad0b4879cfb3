package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scaled dot-product attention (Vaswani et al. 2017). Inputs: queries, keys and values, each {@code
 * [B, n, d]}, as is the output; B counts sequences, or heads of sequences.
 *
 * @param length n
 * @param scale of the products of queries and keys, usually one over the root of d
 * @param causal whether a position sees only itself and those before it
 */
public record Attend(int length, double scale, boolean causal) implements Operation {
  /** Added to what must not be seen; far below any score. */
  public static final float HIDDEN = -1e9f;

  @Override
  public String name() {
    return causal ? "causal_attention" : "attention";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return inputs.get(0);
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    // Scaling queries, not scores, touches the smaller array.
    SDVariable scores = inputs[0].mul(scale).mmul(inputs[1].permute(0, 2, 1));
    if (causal) {
      scores =
          scores.add(
              scores
                  .getSameDiff()
                  .constant(Nd4j.createFromArray(mask()).reshape(1, length, length)));
    }
    return scores.getSameDiff().nn().softmax(scores, 2).mmul(inputs[2]);
  }

  /** What is added to scores where attention is causal, {@code [n, n]} row by row. */
  public float[] mask() {
    float[] values = new float[length * length];
    for (int row = 0; row < length; row++) {
      Arrays.fill(values, row * length + row + 1, (row + 1) * length, HIDDEN);
    }
    return values;
  }
}
