package dev.vernier.engine.onednn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A small matrix that multiplies vectors whose elements are whole arrays. Each row of it is a loop
 * over the arrays that it has coefficients for, which HotSpot vectorizes: over many floats, all
 * arrays beginning at 0, one of them written.
 */
final class ArrayMatrix {
  private static final int MOST_TERMS = 5;

  private final int[][] columns;
  private final float[][] coefficients;

  /** Zeros cost nothing; a row has five other coefficients at most. */
  ArrayMatrix(double[][] rows) {
    columns =
        Arrays.stream(rows)
            .map(row -> IntStream.range(0, row.length).filter(c -> row[c] != 0).toArray())
            .toArray(int[][]::new);
    coefficients = new float[rows.length][MOST_TERMS];
    for (int row = 0; row < rows.length; row++) {
      for (int term = 0; term < columns[row].length; term++) {
        coefficients[row][term] = (float) rows[row][columns[row][term]];
      }
    }
  }

  /**
   * Multiplies a vector.
   *
   * @param first where in {@code from} it begins
   * @param apart from an element to the next
   * @param target where in {@code to} the product begins, which are other arrays
   * @param targetApart from an element to the next
   * @param size floats of each array
   */
  void multiply(
      float[][] from, int first, int apart, float[][] to, int target, int targetApart, int size) {
    for (int row = 0; row < columns.length; row++) {
      int[] terms = columns[row];
      float[] k = coefficients[row];
      float[] a = element(from, first, apart, terms, 0);
      float[] b = element(from, first, apart, terms, 1);
      float[] c = element(from, first, apart, terms, 2);
      float[] d = element(from, first, apart, terms, 3);
      float[] e = element(from, first, apart, terms, 4);
      float[] sum = to[target + row * targetApart];
      switch (terms.length) {
        case 1 -> scale(a, k[0], sum, size);
        case 2 -> combine(a, k[0], b, k[1], sum, size);
        case 3 -> combine(a, k[0], b, k[1], c, k[2], sum, size);
        case 4 -> combine(a, k[0], b, k[1], c, k[2], d, k[3], sum, size);
        default -> combine(a, k[0], b, k[1], c, k[2], d, k[3], e, k[4], sum, size);
      }
    }
  }

  /** What a row has a coefficient for; null where it has fewer. */
  private static float[] element(float[][] from, int first, int apart, int[] terms, int term) {
    return term < terms.length ? from[first + terms[term] * apart] : null;
  }

  private static void scale(float[] a, float k, float[] sum, int size) {
    for (int i = 0; i < size; i++) {
      sum[i] = k * a[i];
    }
  }

  private static void combine(float[] a, float k, float[] b, float l, float[] sum, int size) {
    for (int i = 0; i < size; i++) {
      sum[i] = Math.fma(k, a[i], l * b[i]);
    }
  }

  private static void combine(
      float[] a, float k, float[] b, float l, float[] c, float m, float[] sum, int size) {
    for (int i = 0; i < size; i++) {
      sum[i] = Math.fma(k, a[i], Math.fma(l, b[i], m * c[i]));
    }
  }

  private static void combine(
      float[] a,
      float k,
      float[] b,
      float l,
      float[] c,
      float m,
      float[] d,
      float n,
      float[] sum,
      int size) {
    for (int i = 0; i < size; i++) {
      sum[i] = Math.fma(k, a[i], l * b[i]) + Math.fma(m, c[i], n * d[i]);
    }
  }

  private static void combine(
      float[] a,
      float k,
      float[] b,
      float l,
      float[] c,
      float m,
      float[] d,
      float n,
      float[] e,
      float o,
      float[] sum,
      int size) {
    for (int i = 0; i < size; i++) {
      sum[i] = Math.fma(k, a[i], l * b[i]) + Math.fma(m, c[i], Math.fma(n, d[i], o * e[i]));
    }
  }
}
