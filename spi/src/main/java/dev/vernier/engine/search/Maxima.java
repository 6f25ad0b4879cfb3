package dev.vernier.engine.search;

/**
 * The largest scores of consecutive entries against one vector, in lanes: of entries that are
 * {@link #LANES} apart, a lane holds the largest. Loops over lanes become vector instructions.
 */
final class Maxima {
  static final int LANES = 256;

  /** Lanes that are {@code PARTS} apart share a part. */
  private static final int PARTS = 32;

  /**
   * The score of an entry that is none: below all others, and finite, as {@link #larger} asks. Such
   * entries come last, and are never what others are raised from.
   */
  static final float NONE = -Float.MAX_VALUE / 8;

  private final float[] halves = new float[LANES / 2];

  /**
   * The larger of two finite numbers: b as it is, a within three roundings of the greater
   * magnitude. Math.max costs several times as much, for the sake of NaN and of zeros with a sign.
   */
  static float larger(float a, float b) {
    float above = a - b;
    return Math.fma(0.5f, above + Math.abs(above), b);
  }

  /** Raises lanes to scores that are larger. */
  static void raise(float[] lanes, float[] scores) {
    for (int j = 0; j < LANES; j++) {
      lanes[j] = larger(scores[j], lanes[j]);
    }
  }

  /** The largest of all lanes; afterwards {@link #reach} knows the parts. */
  float of(float[] lanes) {
    for (int j = 0; j < LANES / 2; j++) {
      halves[j] = larger(lanes[j + LANES / 2], lanes[j]);
    }
    for (int j = 0; j < LANES / 4; j++) {
      halves[j] = larger(halves[j + LANES / 4], halves[j]);
    }
    for (int j = 0; j < PARTS; j++) {
      halves[j] = larger(halves[j + PARTS], halves[j]);
    }
    float most = halves[0];
    for (int j = 1; j < PARTS; j++) {
      if (halves[j] > most) {
        most = halves[j];
      }
    }
    return most;
  }

  /**
   * Finds the lanes that reach a limit among those {@link #of} saw last.
   *
   * @param found where their numbers go
   * @return how many there are
   */
  int reach(float[] lanes, float limit, int[] found) {
    int count = 0;
    for (int part = 0; part < PARTS; part++) {
      if (halves[part] >= limit) {
        for (int lane = part; lane < LANES; lane += PARTS) {
          if (lanes[lane] >= limit) {
            found[count++] = lane;
          }
        }
      }
    }
    return count;
  }
}
