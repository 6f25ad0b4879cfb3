package dev.vernier.harness.metrics;

/** A matrix that is read by parts of its rows; thread-safe. */
@FunctionalInterface
interface Rows {
  /** Copies elements of a row, as many as the array holds, beginning at a column. */
  void read(int row, int column, double[] into);

  /** The first row that may hold something other than 0 at this column or a later one. */
  default int firstRow(int column) {
    return 0;
  }

  /** A matrix of whole rows. */
  static Rows of(double[][] matrix) {
    return (row, column, into) -> System.arraycopy(matrix[row], column, into, 0, into.length);
  }

  /** A lower triangular matrix of whole rows. */
  static Rows lowerTriangular(double[][] matrix) {
    return new Rows() {
      @Override
      public void read(int row, int column, double[] into) {
        System.arraycopy(matrix[row], column, into, 0, into.length);
      }

      @Override
      public int firstRow(int column) {
        return column;
      }
    };
  }
}
