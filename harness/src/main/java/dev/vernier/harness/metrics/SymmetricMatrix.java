package dev.vernier.harness.metrics;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

import java.util.Arrays;

/**
 * Eigenvalues of symmetric positive semi-definite matrices, in double, by LAPACK: the Frechet
 * distance at 2,048 dimensions would take minutes without.
 */
final class SymmetricMatrix {
  private SymmetricMatrix() {}

  /**
   * The trace of the square root of a product of two positive semi-definite matrices: with the
   * eigenvectors V and eigenvalues L of the first, W = V sqrt(L), the sum of the roots of the
   * eigenvalues of W' B W. Negative eigenvalues, which only rounding makes, count as 0.
   */
  static double traceOfRoot(double[] a, double[] b, int n) {
    double[] w = a.clone();
    double[] values = eigen(w, n, 'V');
    for (int j = 0; j < n; j++) {
      double root = Math.sqrt(Math.max(0, values[j]));
      for (int i = 0; i < n; i++) {
        w[j * n + i] *= root;
      }
    }
    double[] half = new double[n * n];
    multiply(CblasNoTrans, b, w, half, n);
    double[] middle = new double[n * n];
    multiply(CblasTrans, w, half, middle, n);
    return Arrays.stream(eigen(middle, n, 'N')).map(each -> Math.sqrt(Math.max(0, each))).sum();
  }

  private static double[] eigen(double[] matrix, int n, char job) {
    double[] values = new double[n];
    int info = LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) job, (byte) 'L', n, matrix, n, values);
    if (info != 0) {
      throw new ArithmeticException(
          "the eigenvalues of a covariance did not converge (LAPACK dsyevd says "
              + info
              + "): are all features finite?");
    }
    return values;
  }

  private static void multiply(int transpose, double[] a, double[] b, double[] product, int n) {
    cblas_dgemm(CblasColMajor, transpose, CblasNoTrans, n, n, n, 1, a, n, b, n, 0, product, n);
  }
}
