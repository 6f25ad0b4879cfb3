package dev.vernier.harness.metrics;

import java.util.stream.IntStream;

/**
 * Squared distances between all features of two sets, in double, block by block: |x|^2 + |y|^2 -
 * 2x.y. They do not depend on the blocks, are the same in both directions, and exactly 0 between
 * equal features.
 */
final class SquaredDistances {
  private final FeatureColumns rows;
  private final FeatureColumns others;
  private final double[] rowLengths;
  private final double[] otherLengths;

  SquaredDistances(FeatureColumns rows, FeatureColumns others) {
    this.rows = rows;
    this.others = others;
    this.rowLengths = rows.squaredLengths();
    this.otherLengths = others.squaredLengths();
  }

  /** Takes one distance; is called for one row by one thread only, columns ascending. */
  @FunctionalInterface
  interface Taker {
    void take(int row, int column, double squaredDistance);
  }

  /** Passes every distance. */
  void forEach(Taker taker) {
    int blocks = (rows.images() + TransposedProduct.HEIGHT - 1) / TransposedProduct.HEIGHT;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              for (int left = 0; left < others.images(); left += TransposedProduct.WIDTH) {
                pass(block * TransposedProduct.HEIGHT, left, taker);
              }
            });
  }

  private void pass(int top, int left, Taker taker) {
    int height = Math.min(TransposedProduct.HEIGHT, rows.images() - top);
    int width = Math.min(TransposedProduct.WIDTH, others.images() - left);
    double[][] products = rows.products(top, height, others, left, width);
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        double squared = rowLengths[top + i] + otherLengths[left + j] - 2 * products[i][j];
        taker.take(top + i, left + j, Math.max(0, squared));
      }
    }
  }
}
