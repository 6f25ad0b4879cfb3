package dev.vernier.engine.onednn;

/**
 * Swish and its derivative over float arrays. The sigmoid is taken from tanh, and tanh from a
 * rational approximation fitted for this purpose (relative error 2.1e-8 on [-9, 9] before rounding;
 * absolute error of the sigmoid below 2e-7): unlike {@code exp} it needs no bit tricks, so HotSpot
 * vectorises it.
 */
final class Swish {
  private static final float LIMIT = 9f;
  private static final float P1 = 0.1338103f;
  private static final float P2 = 0.0034955926f;
  private static final float P3 = 2.060915e-5f;
  private static final float P4 = 1.3354747e-8f;
  private static final float Q1 = 0.46714345f;
  private static final float Q2 = 0.025876999f;
  private static final float Q3 = 3.2856417e-4f;
  private static final float Q4 = 7.776595e-7f;

  private Swish() {}

  static float sigmoid(float x) {
    float u = Math.max(-LIMIT, Math.min(LIMIT, 0.5f * x));
    float t = u * u;
    float p = Math.fma(Math.fma(Math.fma(Math.fma(P4, t, P3), t, P2), t, P1), t, 1f);
    float q = Math.fma(Math.fma(Math.fma(Math.fma(Q4, t, Q3), t, Q2), t, Q1), t, 1f);
    return Math.fma(0.5f * u, p / q, 0.5f);
  }

  /** Replaces each {@code x} by {@code x * sigmoid(x)}. */
  static void apply(float[] x, int from, int count) {
    for (int i = from; i < from + count; i++) {
      x[i] = x[i] * sigmoid(x[i]);
    }
  }

  /** Replaces each {@code x} by the derivative there. */
  static void slope(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      float s = sigmoid(x[i]);
      x[i] = Math.fma(x[i] * s, 1f - s, s);
    }
  }
}
