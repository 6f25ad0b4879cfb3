package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A symmetric matrix brought to tridiagonal form by Householder reflections, in panels whose effect
 * on the rest is applied at once, and the eigenvalues of that form by implicit QR steps (Golub and
 * Van Loan: Matrix Computations, 4th edition, sections 8.3.1 to 8.3.3; the panels after Dongarra,
 * Hammarling and Sorensen 1989). Neither needs eigenvectors.
 *
 * <p>Each element is one sum in a fixed order, whatever the number of threads. LAPACK's results
 * change with it, and the OpenBLAS that comes with ND4J does not know processors newer than itself:
 * there its double-precision kernels run at half the speed of these loops.
 */
final class Tridiagonal {
  private static final int PANEL = 32;
  private static final int BANDS = 16;

  /** Sizes that threads would not make faster. */
  private static final int SMALL = 384;

  private static final int MAX_STEPS = 60;
  private static final double EPSILON = Math.ulp(1.0) / 2;

  private final int n;
  private final double[][] matrix;
  private final double[] diagonal;
  private final double[] beside;

  /** Reflection vectors of the panel and their companions: the rest loses VW' + WV'. */
  private final double[][] v = new double[PANEL][];

  private final double[][] w = new double[PANEL][];

  private Tridiagonal(double[][] matrix) {
    this.n = matrix.length;
    this.matrix = matrix;
    this.diagonal = new double[n];
    this.beside = new double[n];
  }

  /**
   * The eigenvalues, ascending.
   *
   * @param matrix symmetric, of which only the diagonal and what lies right of it is read;
   *     overwritten
   * @throws ArithmeticException if it holds something that is not finite
   */
  static double[] eigenvalues(double[][] matrix) {
    Tridiagonal form = new Tridiagonal(matrix);
    form.reduce();
    form.diagonalise();
    Arrays.sort(form.diagonal);
    return form.diagonal;
  }

  private void reduce() {
    for (int start = 0; start < n; start += PANEL) {
      int end = Math.min(n, start + PANEL);
      for (int j = start; j < end; j++) {
        reflect(j, start);
      }
      subtract(start, end);
    }
  }

  /** Brings row and column j to tridiagonal form; the rest is changed only with the panel. */
  private void reflect(int j, int start) {
    double[] row = matrix[j];
    double[] ofW = new double[PANEL];
    double[] ofV = new double[PANEL];
    for (int m = 0; m < j - start; m++) {
      ofW[m] = -v[m][j];
      ofV[m] = -w[m][j];
    }
    addPanel(row, j, j - start, ofV, ofW);
    diagonal[j] = row[j];
    double[] vector = new double[n];
    double[] companion = new double[n];
    v[j - start] = vector;
    w[j - start] = companion;
    if (j + 1 == n) {
      return;
    }
    double first = row[j + 1];
    double below = 0;
    for (int i = j + 2; i < n; i++) {
      below += row[i] * row[i];
    }
    if (below == 0) {
      beside[j] = first;
      return;
    }
    double norm = Math.sqrt(first * first + below);
    beside[j] = first > 0 ? -norm : norm;
    double pivot = first - beside[j];
    System.arraycopy(row, j + 2, vector, j + 2, n - j - 2);
    for (int i = j + 2; i < n; i++) {
      vector[i] /= pivot;
    }
    vector[j + 1] = 1;
    double factor = -pivot / beside[j];
    companion(j, start, vector, companion, factor);
  }

  /** The w for which the reflection of the rest is rest - vw' - wv'. */
  private void companion(int j, int start, double[] vector, double[] companion, double factor) {
    multiply(j + 1, vector, companion);
    double[] ofV = new double[PANEL];
    double[] ofW = new double[PANEL];
    for (int m = 0; m < j - start; m++) {
      ofV[m] = -dot(w[m], vector, j + 1);
      ofW[m] = -dot(v[m], vector, j + 1);
    }
    addPanel(companion, j + 1, j - start, ofV, ofW);
    double half = -factor * factor * dot(companion, vector, j + 1) / 2;
    for (int i = j + 1; i < n; i++) {
      companion[i] = factor * companion[i] + half * vector[i];
    }
  }

  /** Adds multiples of the first so many vectors of the panel and of their companions. */
  private void addPanel(double[] into, int from, int count, double[] ofV, double[] ofW) {
    int m = 0;
    for (; m + 1 < count; m += 2) {
      LinearCombination.add(
          into, from, n, ofV[m], v[m], ofW[m], w[m], ofV[m + 1], v[m + 1], ofW[m + 1], w[m + 1]);
    }
    if (m < count) {
      LinearCombination.add(into, from, n, ofV[m], v[m]);
      LinearCombination.add(into, from, n, ofW[m], w[m]);
    }
  }

  /** Four partial sums, for one sum would wait for each addition to end. */
  private double dot(double[] a, double[] b, int from) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < n; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /**
   * The product of the rest, from row and column {@code from}, with a vector. Every element right
   * of the diagonal is read once and counts twice. The bands of rows, whose sums are added in their
   * order, depend on sizes only.
   */
  private void multiply(int from, double[] vector, double[] product) {
    int bands = n - from > SMALL ? BANDS : 1;
    double[][] sums = new double[bands][];
    IntStream each = IntStream.range(0, bands);
    (bands > 1 ? each.parallel() : each)
        .forEach(
            band -> {
              sums[band] = new double[n];
              int first = boundary(from, band, bands);
              multiply(first, boundary(from, band + 1, bands), vector, sums[band]);
            });
    for (double[] sum : sums) {
      LinearCombination.add(product, from, n, 1, sum);
    }
  }

  /** Where a band of rows begins, so that all hold about as many elements. */
  private int boundary(int from, int band, int bands) {
    return n - (int) ((n - from) * Math.sqrt(1 - (double) band / bands));
  }

  private void multiply(int first, int end, double[] vector, double[] sums) {
    int i = first;
    for (; i + 3 < end; i += 4) {
      for (int p = i; p < i + 4; p++) {
        corner(p, i + 4, vector, sums);
      }
      LinearCombination.add(
          sums,
          i + 4,
          n,
          vector[i],
          matrix[i],
          vector[i + 1],
          matrix[i + 1],
          vector[i + 2],
          matrix[i + 2],
          vector[i + 3],
          matrix[i + 3]);
      dots(i, vector, sums);
    }
    for (; i < end; i++) {
      corner(i, n, vector, sums);
    }
  }

  /** What the elements of a row from its diagonal to {@code end - 1} add, mirrored ones too. */
  private void corner(int i, int end, double[] vector, double[] sums) {
    double[] row = matrix[i];
    double sum = row[i] * vector[i];
    for (int j = i + 1; j < end; j++) {
      sum += row[j] * vector[j];
      sums[j] += row[j] * vector[i];
    }
    sums[i] += sum;
  }

  /** Adds the products of four rows, from the fourth column after the first's diagonal. */
  private void dots(int i, double[] vector, double[] sums) {
    double[] r0 = matrix[i];
    double[] r1 = matrix[i + 1];
    double[] r2 = matrix[i + 2];
    double[] r3 = matrix[i + 3];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double t0 = 0;
    double t1 = 0;
    double t2 = 0;
    double t3 = 0;
    int j = i + 4;
    for (; j + 1 < n; j += 2) {
      double x = vector[j];
      double y = vector[j + 1];
      s0 += r0[j] * x;
      t0 += r0[j + 1] * y;
      s1 += r1[j] * x;
      t1 += r1[j + 1] * y;
      s2 += r2[j] * x;
      t2 += r2[j + 1] * y;
      s3 += r3[j] * x;
      t3 += r3[j + 1] * y;
    }
    if (j < n) {
      double x = vector[j];
      s0 += r0[j] * x;
      s1 += r1[j] * x;
      s2 += r2[j] * x;
      s3 += r3[j] * x;
    }
    sums[i] += s0 + t0;
    sums[i + 1] += s1 + t1;
    sums[i + 2] += s2 + t2;
    sums[i + 3] += s3 + t3;
  }

  /** Applies a finished panel to the rest, on and right of the diagonal. */
  private void subtract(int start, int end) {
    IntStream rows = IntStream.range(end, n);
    (n - end > SMALL ? rows.parallel() : rows)
        .forEach(
            i -> {
              double[] ofV = new double[PANEL];
              double[] ofW = new double[PANEL];
              for (int m = 0; m < end - start; m++) {
                ofV[m] = -w[m][i];
                ofW[m] = -v[m][i];
              }
              addPanel(matrix[i], i, end - start, ofV, ofW);
            });
  }

  private void diagonalise() {
    int high = n - 1;
    int steps = 0;
    while (high > 0) {
      if (negligible(high - 1)) {
        high--;
        steps = 0;
        continue;
      }
      if (++steps > MAX_STEPS) {
        throw new ArithmeticException(
            "the eigenvalues of a covariance did not converge: are all features finite?");
      }
      int low = high - 1;
      while (low > 0 && !negligible(low - 1)) {
        low--;
      }
      step(low, high);
    }
  }

  private boolean negligible(int i) {
    return Math.abs(beside[i]) <= EPSILON * (Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]));
  }

  /** One implicit QR step with Wilkinson's shift on the unreduced block low to high. */
  private void step(int low, int high) {
    double half = (diagonal[high - 1] - diagonal[high]) / 2;
    double last = beside[high - 1];
    double root = Math.sqrt(half * half + last * last);
    double shift = diagonal[high] - last * last / (half + Math.copySign(root, half));
    double x = diagonal[low] - shift;
    double bulge = beside[low];
    for (int k = low; k < high; k++) {
      double length = Math.sqrt(x * x + bulge * bulge);
      double inverse = 1 / length;
      double c = length == 0 ? 1 : x * inverse;
      double s = length == 0 ? 0 : bulge * inverse;
      if (k > low) {
        beside[k - 1] = length;
      }
      double above = diagonal[k];
      double under = diagonal[k + 1];
      double twice = 2 * c * s * beside[k];
      diagonal[k] = c * c * above + twice + s * s * under;
      diagonal[k + 1] = s * s * above - twice + c * c * under;
      beside[k] = (c * c - s * s) * beside[k] + c * s * (under - above);
      x = beside[k];
      if (k + 1 < high) {
        bulge = s * beside[k + 1];
        beside[k + 1] *= c;
      }
    }
  }
}
