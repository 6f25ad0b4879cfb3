package dev.vernier.spi.support.graph.kernels;

/**
 * Products of matrices too small for a native library to be worth calling; row-major. Loops that
 * the JIT compiler turns into vector instructions; the order of the sums is fixed.
 */
final class SmallMatrices {
  private SmallMatrices() {}

  /**
   * Adds a product: {@code c[m, n] += a[m, k] b[k, n]}.
   *
   * @param a from its start on
   * @param b from its start on
   * @param c from its start on
   */
  static void addProduct(float[] a, float[] b, float[] c, int m, int k, int n) {
    int row = 0;
    for (; row + 1 < m; row += 2) {
      twoRows(a, b, c, row, k, n);
    }
    if (row < m) {
      oneRow(a, b, c, row, k, n);
    }
  }

  private static void twoRows(float[] a, float[] b, float[] c, int row, int k, int n) {
    int p = row * k;
    int q = p + k;
    int u = row * n;
    int v = u + n;
    int i = 0;
    for (; i + 3 < k; i += 4) {
      float p0 = a[p + i];
      float p1 = a[p + i + 1];
      float p2 = a[p + i + 2];
      float p3 = a[p + i + 3];
      float q0 = a[q + i];
      float q1 = a[q + i + 1];
      float q2 = a[q + i + 2];
      float q3 = a[q + i + 3];
      int b0 = i * n;
      int b1 = b0 + n;
      int b2 = b1 + n;
      int b3 = b2 + n;
      for (int j = 0; j < n; j++) {
        float x0 = b[b0 + j];
        float x1 = b[b1 + j];
        float x2 = b[b2 + j];
        float x3 = b[b3 + j];
        c[u + j] += p0 * x0 + p1 * x1 + (p2 * x2 + p3 * x3);
        c[v + j] += q0 * x0 + q1 * x1 + (q2 * x2 + q3 * x3);
      }
    }
    for (; i < k; i++) {
      float p0 = a[p + i];
      float q0 = a[q + i];
      int b0 = i * n;
      for (int j = 0; j < n; j++) {
        c[u + j] += p0 * b[b0 + j];
        c[v + j] += q0 * b[b0 + j];
      }
    }
  }

  private static void oneRow(float[] a, float[] b, float[] c, int row, int k, int n) {
    for (int i = 0; i < k; i++) {
      float value = a[row * k + i];
      for (int j = 0; j < n; j++) {
        c[row * n + j] += value * b[i * n + j];
      }
    }
  }

  /** The transpose of {@code a[rows, columns]} from its start on. */
  static void transpose(float[] a, float[] target, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        target[j * rows + i] = a[i * columns + j];
      }
    }
  }
}
