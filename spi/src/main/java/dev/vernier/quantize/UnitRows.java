package dev.vernier.quantize;

/** Rows of unit length. */
final class UnitRows {
  private UnitRows() {}

  /**
   * Brings every row to unit length; one of zeros stays.
   *
   * @param rows {@code [N, dimension]}
   */
  static void normalize(float[] rows, int dimension) {
    for (int from = 0; from < rows.length; from += dimension) {
      double square = 0;
      for (int i = from; i < from + dimension; i++) {
        square += (double) rows[i] * rows[i];
      }
      double length = Math.sqrt(Math.max(square, Float.MIN_NORMAL));
      for (int i = from; i < from + dimension; i++) {
        rows[i] = (float) (rows[i] / length);
      }
    }
  }
}
