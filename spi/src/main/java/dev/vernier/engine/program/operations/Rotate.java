package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Rotary embedding (Su et al. 2021) of sequences that lie row after row. Inputs: x {@code [S * n, h
 * * d]} and a table {@code [n, d]} that holds, for each position, the cosine and sine of every pair
 * of a head's channels in turns. Channels 2i and 2i + 1 of a head make a pair, seen as a complex
 * number, and are multiplied by the table's {@code cos + i sin}; which is a rotation where the
 * table holds a cosine and a sine, and makes zeros where it holds zeros. No gradient reaches the
 * table.
 *
 * @param length n
 * @param heads h
 * @param headWidth d, even
 * @param rotated how many of the heads, the first ones, are rotated; the others stay
 */
public record Rotate(int length, int heads, int headWidth, int rotated) implements Operation {
  /** Checks that channels come in pairs. */
  public Rotate {
    if (headWidth % 2 != 0) {
      throw new IllegalArgumentException(headWidth + " channels of a head make no pairs");
    }
  }

  @Override
  public String name() {
    return "rotary";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return inputs.get(0);
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SameDiff sd = inputs[0].getSameDiff();
    int pairs = headWidth / 2;
    SDVariable x = inputs[0].reshape(-1, length, heads, pairs, 2);
    SDVariable table = inputs[1].reshape(1, length, 1, pairs, 2);
    SDVariable cosine = sd.slice(table, new int[5], 1, length, 1, pairs, 1);
    SDVariable sine = sd.slice(table, new int[] {0, 0, 0, 0, 1}, 1, length, 1, pairs, 1);
    SDVariable real = sd.slice(x, new int[5], -1, length, rotated, pairs, 1);
    SDVariable imaginary = sd.slice(x, new int[] {0, 0, 0, 0, 1}, -1, length, rotated, pairs, 1);
    SDVariable product =
        sd.concat(
            4,
            real.mul(cosine).sub(imaginary.mul(sine)),
            real.mul(sine).add(imaginary.mul(cosine)));
    if (rotated < heads) {
      int[] rest = {0, 0, rotated, 0, 0};
      product = sd.concat(2, product, sd.slice(x, rest, -1, length, heads - rotated, pairs, 2));
    }
    return product.reshape(-1, heads * headWidth);
  }
}
