package dev.vernier.engine.search;

/**
 * The codebook as the searches need it. Instead of the distance they maximise {@code z.e - |e|^2 /
 * 2}, which differs from it by a factor and a term that is the same for all entries; or {@code z.e}
 * alone, where the largest inner product is looked for. They ask here, in double, when float
 * rounding leaves the winner open.
 */
final class Distances {
  /** Finding the largest rounds as often as this many further dimensions. */
  private static final int MAXIMA = 8;

  private final float[] codebook;
  private final int dimension;
  private final boolean euclidean;
  private final double[] penalties;
  private double longest;

  /**
   * For a codebook that is there from {@link #update} on.
   *
   * @param codebook {@code [K, dimension]}
   * @param euclidean whether the nearest entries are looked for, not those of the largest product
   */
  Distances(float[] codebook, int dimension, boolean euclidean) {
    this.codebook = codebook;
    this.dimension = dimension;
    this.euclidean = euclidean;
    this.penalties = new double[codebook.length / dimension];
  }

  /** Takes up the values of the codebook, which have changed. */
  void update() {
    double most = 0;
    for (int k = 0; k < penalties.length; k++) {
      double square = square(codebook, k);
      penalties[k] = euclidean ? square / 2 : 0;
      most = Math.max(most, square);
    }
    longest = Math.sqrt(most);
  }

  float[] codebook() {
    return codebook;
  }

  int dimension() {
    return dimension;
  }

  private double square(float[] rows, int row) {
    double sum = 0;
    for (int i = row * dimension; i < (row + 1) * dimension; i++) {
      sum += (double) rows[i] * rows[i];
    }
    return sum;
  }

  int entries() {
    return penalties.length;
  }

  /** What is taken off the product of an entry. */
  double penalty(int entry) {
    return penalties[entry];
  }

  /** The score of an entry in double. */
  double exact(float[] z, int vector, int entry) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += (double) z[vector * dimension + i] * codebook[entry * dimension + i];
    }
    return sum - penalties[entry];
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
