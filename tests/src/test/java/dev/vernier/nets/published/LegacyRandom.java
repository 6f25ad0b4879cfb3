package dev.vernier.nets.published;

/**
 * The numbers of NumPy's {@code RandomState}: the Mersenne Twister (Matsumoto and Nishimura 1998)
 * with any seed of 32 bits, doubles of 53 bits, normal ones by the polar method.
 */
final class LegacyRandom {
  private static final int LENGTH = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[LENGTH];
  private int at = LENGTH;
  private double held = Double.NaN;

  LegacyRandom(int seed) {
    state[0] = seed;
    for (int i = 1; i < LENGTH; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  private int next() {
    if (at == LENGTH) {
      for (int i = 0; i < LENGTH; i++) {
        int y = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff);
        state[i] = state[(i + MIDDLE) % LENGTH] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
      }
      at = 0;
    }
    int y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    int high = next() >>> 5;
    return (high * 0x1p26 + (next() >>> 6)) * 0x1p-53;
  }

  /** Uniform between two bounds. */
  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Standard normal. */
  double normal() {
    if (!Double.isNaN(held)) {
      double value = held;
      held = Double.NaN;
      return value;
    }
    double first;
    double second;
    double square;
    do {
      first = 2 * uniform() - 1;
      second = 2 * uniform() - 1;
      square = first * first + second * second;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * Math.log(square) / square);
    held = factor * first;
    return factor * second;
  }
}
