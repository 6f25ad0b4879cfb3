package dev.vernier.quantize;

import java.util.random.RandomGenerator;

/** Copies of random vectors, set a little apart so that each copy can win a vector of its own. */
public final class NearbyCopy {
  /** How far apart, relative to the root mean square of the vector's numbers. */
  private static final double JITTER = 0.01;

  private NearbyCopy() {}

  /**
   * Sets every row from one on to a random vector, a little apart from it.
   *
   * @param vectors {@code [N, d]}
   * @param rows {@code [K, d]}
   */
  public static void fill(
      float[] vectors, float[] rows, int from, int dimension, RandomGenerator random) {
    for (int row = from; row < rows.length / dimension; row++) {
      write(vectors, rows, row, dimension, random);
    }
  }

  /**
   * Sets a row to a random vector, a little apart from it.
   *
   * @param vectors {@code [N, d]}
   * @param rows {@code [K, d]}
   */
  public static void write(
      float[] vectors, float[] rows, int row, int dimension, RandomGenerator random) {
    int from = random.nextInt(vectors.length / dimension) * dimension;
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      square += (double) vectors[from + i] * vectors[from + i];
    }
    double spread = JITTER * Math.sqrt(square / dimension);
    for (int i = 0; i < dimension; i++) {
      rows[row * dimension + i] = (float) (vectors[from + i] + spread * random.nextGaussian());
    }
  }
}
