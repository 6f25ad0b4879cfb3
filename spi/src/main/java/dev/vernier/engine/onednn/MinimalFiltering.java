package dev.vernier.engine.onednn;

/**
 * The matrices by which 4 outputs of a filter of 3 weights take 6 products (Winograd's F(4, 3)): of
 * the polynomials that inputs and weights stand for, values at five points and the leading
 * coefficient are multiplied, and the outputs are interpolated from those, all of it transposed
 * (Cook and Toom's construction, as in Blahut 2010, chapter 5). The points decide what is lost by
 * rounding: with these it is half of what the usual 0, 1, -1, 2, -2 lose, and twice what a sum one
 * by one loses, as measured over 128 channels of normal values.
 */
final class MinimalFiltering {
  /** Outputs. */
  static final int OUTPUTS = 4;

  /** Weights. */
  static final int WEIGHTS = 3;

  /** Inputs, and products. */
  static final int PRODUCTS = OUTPUTS + WEIGHTS - 1;

  private static final double[] POINTS = {0, 0.75, -0.75, 1.5, -1.5};

  /** Transforms inputs to factors. */
  static final ArrayMatrix FROM_INPUTS = new ArrayMatrix(fromInputs());

  /** Transforms weights to the other factors. */
  static final ArrayMatrix FROM_WEIGHTS = new ArrayMatrix(fromWeights());

  /** Transforms products to outputs. */
  static final ArrayMatrix TO_OUTPUTS = new ArrayMatrix(transposed(fromOutputs()));

  /** Transforms gradients of outputs to those of products. */
  static final ArrayMatrix FROM_OUTPUTS = new ArrayMatrix(fromOutputs());

  /** Transforms gradients of factors to those of weights. */
  static final ArrayMatrix TO_WEIGHTS = new ArrayMatrix(transposed(fromWeights()));

  private MinimalFiltering() {}

  /** The powers of each point, and the leading coefficient. */
  private static double[][] fromOutputs() {
    double[][] rows = new double[PRODUCTS][OUTPUTS];
    for (int p = 0; p < POINTS.length; p++) {
      for (int power = 0; power < OUTPUTS; power++) {
        rows[p][power] = Math.pow(POINTS[p], power);
      }
    }
    rows[POINTS.length][OUTPUTS - 1] = 1;
    return rows;
  }

  private static double[][] fromWeights() {
    double[][] rows = new double[PRODUCTS][WEIGHTS];
    for (int p = 0; p < POINTS.length; p++) {
      double distances = 1;
      for (int other = 0; other < POINTS.length; other++) {
        distances *= other == p ? 1 : POINTS[p] - POINTS[other];
      }
      for (int power = 0; power < WEIGHTS; power++) {
        rows[p][power] = Math.pow(POINTS[p], power) / distances;
      }
    }
    rows[POINTS.length][WEIGHTS - 1] = 1;
    return rows;
  }

  /** The coefficients of the polynomials that are zero at all points but one, and at all. */
  private static double[][] fromInputs() {
    double[][] rows = new double[PRODUCTS][];
    for (int p = 0; p < PRODUCTS; p++) {
      double[] polynomial = new double[PRODUCTS];
      polynomial[0] = 1;
      for (int other = 0; other < POINTS.length; other++) {
        if (other != p) {
          multiply(polynomial, POINTS[other]);
        }
      }
      rows[p] = polynomial;
    }
    return rows;
  }

  /** Multiplies a polynomial, lowest coefficient first, by x minus its new zero. */
  private static void multiply(double[] polynomial, double zero) {
    for (int power = polynomial.length - 1; power >= 0; power--) {
      polynomial[power] = (power == 0 ? 0 : polynomial[power - 1]) - zero * polynomial[power];
    }
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix[0].length; column++) {
        result[column][row] = matrix[row][column];
      }
    }
    return result;
  }
}
