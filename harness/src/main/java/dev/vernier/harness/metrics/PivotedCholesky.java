package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The Cholesky factor of a positive semi-definite matrix with complete pivoting: S permuted on both
 * sides is LL', where L has as many columns as S has rank. It ends where what is left is rounding
 * (Higham: Accuracy and Stability of Numerical Algorithms, 2nd edition, section 10.3), so a
 * covariance of fewer samples than dimensions costs in proportion to the samples.
 */
final class PivotedCholesky {
  private static final int BLOCK = 64;
  private static final double EPSILON = Math.ulp(1.0);

  private final int n;

  /** What is not factored yet, both halves, permuted; rows and columns before a block are stale. */
  private final double[][] rest;

  private final double[] diagonal;
  private final int[] order;

  /** Columns of L. */
  private final double[][] columns;

  private int rank;

  private PivotedCholesky(double[] matrix, int n) {
    this.n = n;
    this.rest = new double[n][];
    this.diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = Arrays.copyOfRange(matrix, i * n, (i + 1) * n);
      diagonal[i] = rest[i][i];
    }
    this.order = IntStream.range(0, n).toArray();
    this.columns = new double[n][];
  }

  /**
   * Factors a matrix.
   *
   * @param matrix symmetric, row-major {@code [n, n]}; left as it is
   */
  static PivotedCholesky of(double[] matrix, int n) {
    PivotedCholesky factor = new PivotedCholesky(matrix, n);
    factor.factor();
    return factor;
  }

  /** The number of columns of L. */
  int rank() {
    return rank;
  }

  /** Which row of S each row of L belongs to. */
  int[] order() {
    return order;
  }

  /** L, lower triangular, {@code [n][rank]}. */
  double[][] factorRows() {
    double[][] rows = new double[n][rank];
    for (int k = 0; k < rank; k++) {
      for (int i = k; i < n; i++) {
        rows[i][k] = columns[k][i];
      }
    }
    return rows;
  }

  private void factor() {
    double tolerance = n * EPSILON * Arrays.stream(diagonal).max().orElse(0);
    for (int start = 0; start < n; start += BLOCK) {
      int end = Math.min(n, start + BLOCK);
      for (int k = start; k < end; k++) {
        int pivot = largest(k);
        if (!(diagonal[pivot] > tolerance)) {
          return;
        }
        exchange(k, pivot, start);
        column(k, start);
        rank++;
      }
      subtract(start, end);
    }
  }

  private int largest(int from) {
    int largest = from;
    for (int i = from + 1; i < n; i++) {
      if (diagonal[i] > diagonal[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  private void exchange(int i, int j, int start) {
    if (i == j) {
      return;
    }
    double[] row = rest[i];
    rest[i] = rest[j];
    rest[j] = row;
    int place = order[i];
    order[i] = order[j];
    order[j] = place;
    exchange(diagonal, i, j);
    for (int m = start; m < n; m++) {
      exchange(rest[m], i, j);
    }
    for (int k = 0; k < rank; k++) {
      exchange(columns[k], i, j);
    }
  }

  private static void exchange(double[] values, int i, int j) {
    double held = values[i];
    values[i] = values[j];
    values[j] = held;
  }

  private void column(int k, int start) {
    double[] column = rest[k].clone();
    Arrays.fill(column, 0, k, 0);
    for (int m = start; m < k; m++) {
      LinearCombination.add(column, k, n, -columns[m][k], columns[m]);
    }
    double root = Math.sqrt(diagonal[k]);
    column[k] = root;
    for (int i = k + 1; i < n; i++) {
      column[i] /= root;
      diagonal[i] -= column[i] * column[i];
    }
    columns[k] = column;
  }

  /** Takes the products of a finished block of columns off what is left. */
  private void subtract(int start, int end) {
    IntStream.range(end, n)
        .parallel()
        .forEach(
            i -> {
              for (int m = start; m < end; m += 4) {
                LinearCombination.add(
                    rest[i],
                    end,
                    n,
                    -columns[m][i],
                    columns[m],
                    -columns[m + 1][i],
                    columns[m + 1],
                    -columns[m + 2][i],
                    columns[m + 2],
                    -columns[m + 3][i],
                    columns[m + 3]);
              }
            });
  }
}
