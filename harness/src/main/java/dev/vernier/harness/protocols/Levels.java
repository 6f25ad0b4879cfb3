package dev.vernier.harness.protocols;

/** Levels of pixels, 0 to 255, as floats. */
final class Levels {
  private Levels() {}

  /** The bytes after they were floats in [-1, 1] and rounded again. */
  static float[] of(byte[] bytes, Rounding rounding) {
    float[] levels = new float[bytes.length];
    for (int i = 0; i < levels.length; i++) {
      // As NumPy computes it: in double, then rounded to single precision.
      levels[i] = rounding.level((float) ((bytes[i] & 0xff) / 127.5 - 1));
    }
    return levels;
  }
}
