package dev.vernier.generators.far;

/**
 * Cosines and sines of two-dimensional rotary embedding, as LlamaGen lays them out: the first half
 * of a head's pairs turns with the row, the second with the column. Row 0 belongs to the class
 * token; a token's row is that of the cell it embeds.
 */
final class RotaryTable {
  static final double BASE = 10_000;

  private RotaryTable() {}

  /** The table {@code [1 + positions, head width]}, cosine and sine of each pair in turns. */
  static float[] of(FarShape shape) {
    return first(shape, 1 + shape.positions());
  }

  /** The first rows of the table, which goes on below the grid where there are more. */
  static float[] first(FarShape shape, int rows) {
    int headWidth = shape.headWidth();
    float[] table = new float[rows * headWidth];
    if (!shape.zeroClassRow()) {
      for (int i = 0; i < headWidth; i += 2) {
        table[i] = 1;
      }
    }
    int axisPairs = headWidth / 4;
    for (int p = 0; p < rows - 1; p++) {
      for (int pair = 0; pair < headWidth / 2; pair++) {
        int cell = pair < axisPairs ? p / shape.columns() : p % shape.columns();
        double angle = cell / Math.pow(BASE, (double) (pair % axisPairs) / axisPairs);
        int at = (1 + p) * headWidth + 2 * pair;
        table[at] = (float) Math.cos(angle);
        table[at + 1] = (float) Math.sin(angle);
      }
    }
    return table;
  }
}
