package dev.vernier.engine.search;

/**
 * The codebook as the searches need it. Instead of the distance they maximise {@code z.e - |e|^2 /
 * 2}, which differs from it by a factor and a term that is the same for all entries; and they ask
 * here, in double, when float rounding leaves the winner open.
 */
final class Distances {
  private final float[] codebook;
  private final int dimension;
  private final double longest;

  Distances(float[] codebook, int dimension) {
    this.codebook = codebook;
    this.dimension = dimension;
    double most = 0;
    for (int k = 0; k < entries(); k++) {
      most = Math.max(most, Math.sqrt(2 * halfSquare(k)));
    }
    this.longest = most;
  }

  int entries() {
    return codebook.length / dimension;
  }

  double halfSquare(int entry) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double value = codebook[entry * dimension + i];
      sum += value * value;
    }
    return sum / 2;
  }

  /** The score of an entry in double. */
  double exact(float[] z, int vector, int entry) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += (double) z[vector * dimension + i] * codebook[entry * dimension + i];
    }
    return sum - halfSquare(entry);
  }

  /**
   * How far a score in float may lie from the exact one, at most: the bound for a dot product of
   * this length, with room to spare.
   */
  float margin(float[] z, int vector) {
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      double value = z[vector * dimension + i];
      square += value * value;
    }
    double magnitude = Math.sqrt(square) * longest + longest * longest / 2;
    return (float) (2 * (dimension + 2) * Math.ulp(1f) * magnitude);
  }
}
