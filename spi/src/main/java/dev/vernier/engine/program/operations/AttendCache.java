package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Attention of one position to itself and those before it, whose keys and values are cached.
 * Inputs: queries, keys and values of the position, {@code [S, 3 * h * d]}, of which only the
 * queries are read; the cache {@code [2, S * h, n, d]} that {@link WriteCache} filled; and the
 * position, a 32-bit integer {@code [1]}. Output {@code [S, h * d]}. For inference: kernels have no
 * gradient of it.
 *
 * @param sequences S
 * @param capacity n
 * @param heads h
 * @param headWidth d
 */
public record AttendCache(int sequences, int capacity, int heads, int headWidth)
    implements Operation {
  @Override
  public String name() {
    return "cached_attention";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return new long[] {inputs.get(0)[0], (long) heads * headWidth};
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable cache = inputs[1];
    SameDiff sd = cache.getSameDiff();
    int width = heads * headWidth;
    SDVariable queries =
        sd.slice(inputs[0], new int[2], sequences, width).reshape(sequences * heads, 1, headWidth);
    float[] positions = new float[capacity];
    for (int i = 0; i < capacity; i++) {
      positions[i] = i;
    }
    SDVariable later =
        sd.gt(
            sd.constant(Nd4j.createFromArray(positions)),
            sd.tile(inputs[2].castTo(DataType.FLOAT), capacity));
    SDVariable scores =
        queries
            .mul(1 / Math.sqrt(headWidth))
            .mmul(part(cache, 0).permute(0, 2, 1))
            .add(later.castTo(DataType.FLOAT).mul(Attend.HIDDEN).reshape(1, 1, capacity));
    return sd.nn().softmax(scores, 2).mmul(part(cache, 1)).reshape(sequences, width);
  }

  /** Keys (0) or values (1), {@code [S * h, n, d]}. */
  private SDVariable part(SDVariable cache, int index) {
    return cache
        .getSameDiff()
        .slice(cache, new int[] {index, 0, 0, 0}, 1, sequences * heads, capacity, headWidth)
        .reshape(sequences * heads, capacity, headWidth);
  }
}
