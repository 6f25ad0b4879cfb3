package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout (Srivastava et al. 2014): zeros some numbers and divides the others by the share that
 * stays. Inputs: x {@code [N, C]} and one 32-bit integer {@code [1]}, the seed of the run. Which
 * numbers stay is a hash of seed, site and place, so the backward pass finds them again and every
 * executor drops the same. At rate 0 the output is x.
 *
 * @param rate share of numbers that is dropped, in [0, 1)
 * @param site tells apart several dropouts of one graph
 * @param rows N
 * @param columns C
 */
public record Dropout(double rate, int site, int rows, int columns) implements Operation {
  private static final int BITS = 24;
  private static final int STRIDE = 0x9E3779B9;
  private static final int FIRST_FACTOR = 0x7FEB352D;
  private static final int SECOND_FACTOR = 0x846CA68B;

  /** Checks the rate. */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("a dropout of " + rate + " is not in [0, 1)");
    }
  }

  @Override
  public String name() {
    return "dropout";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return inputs.get(0);
  }

  /** What the numbers that stay are multiplied by. */
  public float gain() {
    return (float) (1 / (1 - rate));
  }

  /** What the place of the first number is counted from. */
  public int origin() {
    return site * STRIDE;
  }

  /** A hash of a place at least this large keeps the number. */
  public int threshold() {
    return (int) (rate * (1 << BITS));
  }

  /**
   * The hash of a place, in [0, 2^24): the rounds of Wellons' lowbias32.
   *
   * @param place counted from {@link #origin()}
   */
  public static int hash(int place, int seed) {
    int h = place ^ seed;
    h = (h ^ (h >>> 16)) * FIRST_FACTOR;
    h = (h ^ (h >>> 15)) * SECOND_FACTOR;
    return (h ^ (h >>> 16)) & ((1 << BITS) - 1);
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SameDiff sd = inputs[0].getSameDiff();
    SDVariable places =
        sd.range(0, (double) rows * columns, 1, DataType.INT32).add(word(sd, origin()));
    SDVariable h = sd.bitwise().xor(places, inputs[1]);
    h = folded(h, 16).mul(word(sd, FIRST_FACTOR));
    h = folded(h, 15).mul(word(sd, SECOND_FACTOR));
    h = sd.bitwise().and(folded(h, 16), word(sd, (1 << BITS) - 1));
    SDVariable stays = sd.gte(h, word(sd, threshold())).castTo(DataType.FLOAT).mul(gain());
    return inputs[0].mul(stays.reshape(rows, columns));
  }

  /** {@code h ^ (h >>> bits)}; ND4J shifts the sign in. */
  private static SDVariable folded(SDVariable h, int bits) {
    SameDiff sd = h.getSameDiff();
    SDVariable shifted =
        sd.bitwise()
            .and(sd.bitwise().rightShift(h, word(sd, bits)), word(sd, (1 << (32 - bits)) - 1));
    return sd.bitwise().xor(h, shifted);
  }

  private static SDVariable word(SameDiff sd, int value) {
    return sd.constant(Nd4j.createFromArray(value));
  }
}
