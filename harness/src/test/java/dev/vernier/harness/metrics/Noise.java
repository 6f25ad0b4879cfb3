package dev.vernier.harness.metrics;

import java.util.Random;

/** Seeded Gaussian features. */
final class Noise {
  private Noise() {}

  static FeatureMatrix features(int rows, int columns, double scale, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      // A mean and a spread that differ from dimension to dimension.
      int column = i % columns;
      values[i] = (float) (column % 7 + scale / (1 + column % 5) * random.nextGaussian());
    }
    return new FeatureMatrix(values, rows, columns);
  }
}
