package dev.vernier.harness.decoding.webp;

import java.util.Arrays;

/** What is added to the prediction of a macroblock: its coefficients (RFC 6386, section 13). */
final class LossyResidual {
  private static final int BLOCK = 16;
  private static final int BANDS_OF_TYPE = 8;
  private static final int CONTEXTS = 3;

  private static final int LUMA_WITHOUT_MEAN = 0;
  private static final int MEANS = 1;
  private static final int CHROMA = 2;
  private static final int LUMA = 3;

  /** {@code [25 blocks, 16]}: luma, blue, red, then the means. */
  final int[] coefficients = new int[25 * BLOCK];

  private final int[] probabilities;

  /**
   * By macroblock of a row and, last, of the one to the left: which of the nearest blocks hold
   * anything.
   */
  private final boolean[][] above;

  private final boolean[] left = new boolean[9];
  private boolean empty;

  LossyResidual(int[] probabilities, int macroblocks) {
    this.probabilities = probabilities;
    this.above = new boolean[macroblocks][9];
  }

  /** Begins a row of macroblocks. */
  void beginRow() {
    Arrays.fill(left, false);
  }

  /** A macroblock that has no coefficients. */
  void skip(int column, boolean inBlocks) {
    Arrays.fill(left, 0, 8, false);
    Arrays.fill(above[column], 0, 8, false);
    if (!inBlocks) {
      left[8] = false;
      above[column][8] = false;
    }
    Arrays.fill(coefficients, 0);
    empty = true;
  }

  /** Whether nothing is to be added. */
  boolean isEmpty() {
    return empty;
  }

  /**
   * Reads a macroblock.
   *
   * @param inBlocks whether every block of luma has its own mode, and its mean with it
   */
  void read(BoolDecoder in, int column, boolean inBlocks, LossyHeader.Steps steps) {
    Arrays.fill(coefficients, 0);
    boolean[] top = above[column];
    int first = 0;
    int type = LUMA;
    if (!inBlocks) {
      int count = block(in, MEANS, context(left[8], top[8]), 0, 24, steps.y2First(), steps.y2());
      left[8] = count > 0;
      top[8] = count > 0;
      spreadMeans();
      first = 1;
      type = LUMA_WITHOUT_MEAN;
    }
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int context = context(left[y], top[x]);
        int count = block(in, type, context, first, 4 * y + x, steps.y1First(), steps.y1());
        left[y] = count > first;
        top[x] = count > first;
      }
    }
    for (int plane = 0; plane < 2; plane++) {
      for (int i = 0; i < 4; i++) {
        int y = 4 + 2 * plane + i / 2;
        int x = 4 + 2 * plane + i % 2;
        int context = context(left[y], top[x]);
        int number = 16 + 4 * plane + i;
        int count = block(in, CHROMA, context, 0, number, steps.uvFirst(), steps.uv());
        left[y] = count > 0;
        top[x] = count > 0;
      }
    }
    empty = true;
    for (int i = 0; i < 24 * BLOCK && empty; i++) {
      empty = coefficients[i] == 0;
    }
  }

  private static int context(boolean left, boolean above) {
    return (left ? 1 : 0) + (above ? 1 : 0);
  }

  /**
   * Reads a block.
   *
   * @return the number behind that of the last coefficient, 0 where there is none
   */
  private int block(
      BoolDecoder in, int type, int context, int first, int number, int firstStep, int step) {
    int p = place(type, first, context);
    int i = first;
    while (i < BLOCK) {
      if (!in.flag(probabilities[p])) {
        return i;
      }
      while (!in.flag(probabilities[p + 1])) {
        i++;
        if (i == BLOCK) {
          return BLOCK;
        }
        p = place(type, i, 0);
      }
      int value = 1;
      int nextContext = 1;
      if (in.flag(probabilities[p + 2])) {
        value = large(in, p);
        nextContext = 2;
      }
      int signed = in.flag() ? -value : value;
      coefficients[number * BLOCK + LossyTables.ZIGZAG[i]] = signed * (i == 0 ? firstStep : step);
      i++;
      p = place(type, i, nextContext);
    }
    return BLOCK;
  }

  private static int place(int type, int number, int context) {
    int band = type * BANDS_OF_TYPE + LossyTables.BANDS[number];
    return (band * CONTEXTS + context) * LossyTables.TOKENS;
  }

  /** The size of a coefficient above one. */
  private int large(BoolDecoder in, int p) {
    if (!in.flag(probabilities[p + 3])) {
      return in.flag(probabilities[p + 4]) ? 3 + in.bit(probabilities[p + 5]) : 2;
    }
    if (!in.flag(probabilities[p + 6])) {
      if (!in.flag(probabilities[p + 7])) {
        return 5 + in.bit(159);
      }
      int two = in.bit(165);
      return 7 + 2 * two + in.bit(145);
    }
    int upper = in.bit(probabilities[p + 8]);
    int category = 2 * upper + in.bit(probabilities[p + 9 + upper]);
    int extra = 0;
    for (int probability : LossyTables.EXTRA_BITS[category]) {
      extra = 2 * extra + in.bit(probability);
    }
    return 3 + (8 << category) + extra;
  }

  /** Transforms the means of luma and puts each into its block (section 14.3). */
  private void spreadMeans() {
    int[] sums = new int[BLOCK];
    for (int i = 0; i < 4; i++) {
      int at = 24 * BLOCK + i;
      walshHadamard(
          coefficients[at],
          coefficients[at + 4],
          coefficients[at + 8],
          coefficients[at + 12],
          0,
          sums,
          i,
          4);
    }
    int[] means = new int[BLOCK];
    for (int i = 0; i < 4; i++) {
      int at = 4 * i;
      walshHadamard(sums[at], sums[at + 1], sums[at + 2], sums[at + 3], 3, means, at, 1);
    }
    for (int i = 0; i < BLOCK; i++) {
      coefficients[i * BLOCK] = means[i] >> 3;
    }
  }

  private static void walshHadamard(
      int a, int b, int c, int d, int rounding, int[] target, int at, int step) {
    int outer = a + rounding + d;
    int inner = b + c;
    int outerDifference = a + rounding - d;
    int innerDifference = b - c;
    target[at] = outer + inner;
    target[at + step] = outerDifference + innerDifference;
    target[at + 2 * step] = outer - inner;
    target[at + 3 * step] = outerDifference - innerDifference;
  }
}
