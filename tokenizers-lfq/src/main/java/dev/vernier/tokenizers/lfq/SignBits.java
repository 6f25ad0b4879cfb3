package dev.vernier.tokenizers.lfq;

import dev.vernier.engine.program.operations.Lookup;

/**
 * Between vectors and indices: bit i of an index is 1 where channel i is positive, so zero counts
 * as -1, and the first channel is the lowest bit, as in the published code of Open-MAGVIT2.
 */
final class SignBits {
  private SignBits() {}

  /** Signs, -1 or +1, of any values. */
  static float[] signs(float[] values) {
    float[] signs = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      signs[i] = values[i] > 0 ? 1 : -1;
    }
    return signs;
  }

  /** Indices of rows of {@code bits} values. */
  static int[] indices(float[] rows, int bits) {
    int[] indices = new int[rows.length / bits];
    for (int i = 0; i < rows.length; i++) {
      indices[i / bits] |= rows[i] > 0 ? 1 << (i % bits) : 0;
    }
    return indices;
  }

  /**
   * Writes the signs of indices, or zeros for {@link Lookup#NONE}, as channels {@code from} to
   * {@code from + bits} of rows.
   *
   * @param rowLength channels of a row
   */
  static void write(int[] indices, int bits, float[] rows, int rowLength, int from) {
    for (int row = 0; row < indices.length; row++) {
      for (int bit = 0; bit < bits; bit++) {
        int sign = (indices[row] >> bit & 1) == 1 ? 1 : -1;
        rows[row * rowLength + from + bit] = indices[row] == Lookup.NONE ? 0 : sign;
      }
    }
  }

  /** All vectors of so many bits, {@code [2^bits, bits]}, in order of their indices. */
  static float[] every(int bits) {
    int[] indices = new int[1 << bits];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i;
    }
    float[] rows = new float[indices.length * bits];
    write(indices, bits, rows, bits, 0);
    return rows;
  }
}
