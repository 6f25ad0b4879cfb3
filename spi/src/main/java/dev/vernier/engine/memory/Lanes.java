package dev.vernier.engine.memory;

/**
 * Sums over float arrays in eight interleaved partial sums: a fixed order, whatever the machine,
 * that vector instructions can follow.
 */
public final class Lanes {
  private Lanes() {}

  public static double sum(float[] x, int from, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int i = from;
    int end = from + count - 7;
    for (; i < end; i += 8) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
      e += x[i + 4];
      f += x[i + 5];
      g += x[i + 6];
      h += x[i + 7];
    }
    float rest = 0;
    for (; i < from + count; i++) {
      rest += x[i];
    }
    return ((double) a + b) + ((double) c + d) + (((double) e + f) + ((double) g + h)) + rest;
  }

  public static double dot(float[] x, float[] y, int from, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int i = from;
    int end = from + count - 7;
    for (; i < end; i += 8) {
      a = Math.fma(x[i], y[i], a);
      b = Math.fma(x[i + 1], y[i + 1], b);
      c = Math.fma(x[i + 2], y[i + 2], c);
      d = Math.fma(x[i + 3], y[i + 3], d);
      e = Math.fma(x[i + 4], y[i + 4], e);
      f = Math.fma(x[i + 5], y[i + 5], f);
      g = Math.fma(x[i + 6], y[i + 6], g);
      h = Math.fma(x[i + 7], y[i + 7], h);
    }
    float rest = 0;
    for (; i < from + count; i++) {
      rest = Math.fma(x[i], y[i], rest);
    }
    return ((double) a + b) + ((double) c + d) + (((double) e + f) + ((double) g + h)) + rest;
  }
}
