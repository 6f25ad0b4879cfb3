package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TridiagonalTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 31, 32, 33, 64, 101, 160})
  void eigenvalues_randomMatrix_equalsCommonsMath(int n) {
    double[][] matrix = random(n);
    double[] expected =
        new EigenDecomposition(new Array2DRowRealMatrix(matrix)).getRealEigenvalues();
    Arrays.sort(expected);
    assertThat(Tridiagonal.eigenvalues(matrix)).containsExactly(expected, within(1e-12 * n));
  }

  private static double[][] random(int n) {
    Random random = new Random(n);
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = random.nextGaussian();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  @Test
  void eigenvalues_secondDifferences_equalsTheClosedForm() {
    int n = 50;
    double[][] matrix = new double[n][n];
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 2;
      if (i > 0) {
        matrix[i][i - 1] = -1;
        matrix[i - 1][i] = -1;
      }
      expected[i] = 2 - 2 * Math.cos(Math.PI * (i + 1) / (n + 1));
    }
    assertThat(Tridiagonal.eigenvalues(matrix)).containsExactly(expected, within(1e-13));
  }

  @Test
  void eigenvalues_allOnes_isOneNumberAndZeros() {
    double[][] matrix = new double[40][40];
    for (double[] row : matrix) {
      Arrays.fill(row, 1);
    }
    double[] expected = new double[40];
    expected[39] = 40;
    assertThat(Tridiagonal.eigenvalues(matrix)).containsExactly(expected, within(1e-12));
  }

  @Test
  void eigenvalues_emptyMatrix_areNone() {
    assertThat(Tridiagonal.eigenvalues(new double[0][])).isEmpty();
  }

  @Test
  void eigenvalues_notFinite_isRefused() {
    assertThatThrownBy(() -> Tridiagonal.eigenvalues(new double[][] {{1, Double.NaN}, {0, 1}}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("did not converge");
  }
}
