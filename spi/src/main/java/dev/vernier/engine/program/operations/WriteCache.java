package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Writes the keys and values of one position into a cache. Inputs: the cache {@code [2, S * h, n,
 * d]}, keys before values, a head after the other; queries, keys and values of the position, {@code
 * [S, 3 * h * d]}; and the position, a 32-bit integer {@code [1]}. Output: the cache, all other
 * positions as they were. For inference: kernels have no gradient of it.
 *
 * @param sequences S
 * @param capacity n
 * @param heads h
 * @param headWidth d
 */
public record WriteCache(int sequences, int capacity, int heads, int headWidth)
    implements Operation {
  @Override
  public String name() {
    return "write_cache";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return inputs.get(0);
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable cache = inputs[0];
    SameDiff sd = cache.getSameDiff();
    int width = heads * headWidth;
    SDVariable here =
        sd.oneHot(inputs[2], capacity, -1, 1, 0, DataType.FLOAT).reshape(1, 1, capacity, 1);
    SDVariable pair =
        sd.slice(inputs[1], new int[] {0, width}, sequences, 2 * width)
            .reshape(sequences, 2, heads, headWidth)
            .permute(1, 0, 2, 3)
            .reshape(2, sequences * heads, 1, headWidth);
    return cache.mul(here.rsub(1)).add(pair.mul(here));
  }
}
