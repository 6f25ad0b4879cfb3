package dev.vernier.harness.decoding.jpeg;

import java.util.Arrays;

/**
 * The inverse cosine transform of a block in integers: the algorithm of Loeffler, Ligtenberg and
 * Moschytz (1989) with 13 bits of fraction, rounded between columns and rows to 2 bits, which is
 * what nearly all programs decode JPEG with. Intermediate values are held in 16 bits and saturate
 * as vector instructions do, which shows in damaged or extreme blocks only.
 */
final class InverseDct {
  private static final int FRACTION = 13;
  private static final int BETWEEN = 2;
  private static final int SIDE = 8;

  // Sums and differences of cosines, times 2^13.
  private static final int C0_298 = 2446;
  private static final int C0_390 = 3196;
  private static final int C0_541 = 4433;
  private static final int C0_765 = 6270;
  private static final int C0_899 = 7373;
  private static final int C1_175 = 9633;
  private static final int C1_501 = 12299;
  private static final int C1_847 = 15137;
  private static final int C1_961 = 16069;
  private static final int C2_053 = 16819;
  private static final int C2_562 = 20995;
  private static final int C3_072 = 25172;

  private final int[] work = new int[Component.BLOCK];

  /**
   * Transforms a block.
   *
   * @param coefficients hold it from a place on, row by row
   * @param divisors 64, row by row
   * @param samples take it, rows a stride apart
   */
  void apply(
      short[] coefficients, int block, int[] divisors, byte[] samples, int corner, int stride) {
    boolean flat = true;
    for (int i = 0; i < Component.BLOCK; i++) {
      work[i] = (short) (coefficients[block + i] * divisors[i]);
      flat &= i == 0 || work[i] == 0;
    }
    if (flat) {
      byte value = sample(((short) (work[0] << BETWEEN) + (1 << (BETWEEN + 2))) >> (BETWEEN + 3));
      for (int y = 0; y < SIDE; y++) {
        Arrays.fill(samples, corner + y * stride, corner + y * stride + SIDE, value);
      }
      return;
    }
    for (int x = 0; x < SIDE; x++) {
      transform(x, SIDE, FRACTION - BETWEEN);
    }
    for (int y = 0; y < SIDE; y++) {
      transform(y * SIDE, 1, FRACTION + BETWEEN + 3);
      for (int x = 0; x < SIDE; x++) {
        samples[corner + y * stride + x] = sample(work[y * SIDE + x]);
      }
    }
  }

  private static byte sample(int centred) {
    return (byte) (Math.max(-128, Math.min(127, centred)) + 128);
  }

  /** Eight values in place, from a place on and a step apart, divided by a power of two. */
  private void transform(int from, int step, int shift) {
    int v0 = work[from];
    int v1 = work[from + step];
    int v2 = work[from + 2 * step];
    int v3 = work[from + 3 * step];
    int v4 = work[from + 4 * step];
    int v5 = work[from + 5 * step];
    int v6 = work[from + 6 * step];
    int v7 = work[from + 7 * step];

    int shared = (v2 + v6) * C0_541;
    int low = shared - v6 * C1_847;
    int high = shared + v2 * C0_765;
    int sum = (short) (v0 + v4) << FRACTION;
    int difference = (short) (v0 - v4) << FRACTION;
    int even0 = sum + high;
    int even3 = sum - high;
    int even1 = difference + low;
    int even2 = difference - low;

    int outer = (v7 + v1) * -C0_899;
    int inner = (v5 + v3) * -C2_562;
    int s73 = (short) (v7 + v3);
    int s51 = (short) (v5 + v1);
    int both = (s73 + s51) * C1_175;
    int odd73 = both - s73 * C1_961;
    int odd51 = both - s51 * C0_390;
    int odd0 = v7 * C0_298 + outer + odd73;
    int odd1 = v5 * C2_053 + inner + odd51;
    int odd2 = v3 * C3_072 + inner + odd73;
    int odd3 = v1 * C1_501 + outer + odd51;

    work[from] = rounded(even0 + odd3, shift);
    work[from + 7 * step] = rounded(even0 - odd3, shift);
    work[from + step] = rounded(even1 + odd2, shift);
    work[from + 6 * step] = rounded(even1 - odd2, shift);
    work[from + 2 * step] = rounded(even2 + odd1, shift);
    work[from + 5 * step] = rounded(even2 - odd1, shift);
    work[from + 3 * step] = rounded(even3 + odd0, shift);
    work[from + 4 * step] = rounded(even3 - odd0, shift);
  }

  private static int rounded(int value, int shift) {
    int divided = (value + (1 << (shift - 1))) >> shift;
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, divided));
  }
}
