package dev.vernier.engine.search;

/**
 * The codebook as the searches need it. Instead of the distance they maximise {@code z.e - |e|^2 /
 * 2}, which differs from it by a factor and a term that is the same for all entries; and they ask
 * here, in double, when float rounding leaves the winner open.
 */
final class Distances {
  /** Finding the largest rounds as often as this many further dimensions. */
  private static final int MAXIMA = 8;

  private final float[] codebook;
  private final int dimension;
  private final double[] halfSquares;
  private final double longest;

  Distances(float[] codebook, int dimension) {
    this.codebook = codebook;
    this.dimension = dimension;
    this.halfSquares = new double[codebook.length / dimension];
    double most = 0;
    for (int k = 0; k < halfSquares.length; k++) {
      halfSquares[k] = square(codebook, k) / 2;
      most = Math.max(most, halfSquares[k]);
    }
    this.longest = Math.sqrt(2 * most);
  }

  private double square(float[] rows, int row) {
    double sum = 0;
    for (int i = row * dimension; i < (row + 1) * dimension; i++) {
      sum += (double) rows[i] * rows[i];
    }
    return sum;
  }

  int entries() {
    return halfSquares.length;
  }

  double halfSquare(int entry) {
    return halfSquares[entry];
  }

  /** The score of an entry in double. */
  double exact(float[] z, int vector, int entry) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += (double) z[vector * dimension + i] * codebook[entry * dimension + i];
    }
    return sum - halfSquares[entry];
  }

  /**
   * How far a score in float, or the largest of several, may lie from the exact one, at most: the
   * bound for a dot product of this length and for {@link Maxima#larger}, with room to spare.
   */
  float margin(float[] z, int vector) {
    double magnitude = Math.sqrt(square(z, vector)) * longest + longest * longest / 2;
    return (float) (2 * (dimension + MAXIMA) * Math.ulp(1f) * magnitude);
  }
}
