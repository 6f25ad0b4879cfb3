package dev.vernier.harness.metrics;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Features laid out by dimension, so that products between images are sums over rows. */
final class FeatureColumns implements Rows {
  private final float[][] columns;
  private final int images;

  private FeatureColumns(float[][] columns, int images) {
    this.columns = columns;
    this.images = images;
  }

  /** All features. */
  static FeatureColumns of(FeatureMatrix features) {
    return of(features, IntStream.range(0, features.rows()).toArray());
  }

  /** Some features, in the order given. */
  static FeatureColumns of(FeatureMatrix features, int[] rows) {
    return of(features, rows, value -> value);
  }

  /** All features, each number rounded in some way. */
  static FeatureColumns rounded(FeatureMatrix features, DoubleUnaryOperator rounding) {
    return of(features, IntStream.range(0, features.rows()).toArray(), rounding);
  }

  private static FeatureColumns of(
      FeatureMatrix features, int[] rows, DoubleUnaryOperator rounding) {
    int d = features.columns();
    float[][] columns = new float[d][rows.length];
    for (int i = 0; i < rows.length; i++) {
      int at = rows[i] * d;
      for (int c = 0; c < d; c++) {
        columns[c][i] = (float) rounding.applyAsDouble(features.values()[at + c]);
      }
    }
    return new FeatureColumns(columns, rows.length);
  }

  /** How many features there are. */
  int images() {
    return images;
  }

  /** How many dimensions each has. */
  int dimension() {
    return columns.length;
  }

  @Override
  public void read(int row, int column, double[] into) {
    float[] from = columns[row];
    for (int j = 0; j < into.length; j++) {
      into[j] = from[column + j];
    }
  }

  /**
   * The scalar products of a block of images with a block of another set, {@code [height][width]}.
   * The sums run over the dimensions in order, so a product has the same bits in any block.
   */
  double[][] products(int top, int height, FeatureColumns other, int left, int width) {
    return TransposedProduct.tile(this, top, height, other, left, width, dimension());
  }

  /**
   * Passes the scalar products of some images, {@code from} to {@code end - 1}, with some of
   * another set.
   */
  void forEachProduct(
      int from, int end, FeatureColumns other, int otherFrom, int otherEnd, PairValues taker) {
    int blocks = (end - from + TransposedProduct.HEIGHT - 1) / TransposedProduct.HEIGHT;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              int top = from + block * TransposedProduct.HEIGHT;
              int height = Math.min(TransposedProduct.HEIGHT, end - top);
              for (int left = otherFrom; left < otherEnd; left += TransposedProduct.WIDTH) {
                int width = Math.min(TransposedProduct.WIDTH, otherEnd - left);
                double[][] products = products(top, height, other, left, width);
                for (int i = 0; i < height; i++) {
                  for (int j = 0; j < width; j++) {
                    taker.take(top + i, left + j, products[i][j]);
                  }
                }
              }
            });
  }

  /** The squared length of each feature, with the bits of its product with itself. */
  double[] squaredLengths() {
    double[] squares = new double[images];
    for (float[] column : columns) {
      for (int i = 0; i < images; i++) {
        squares[i] = Math.fma((double) column[i], column[i], squares[i]);
      }
    }
    return squares;
  }
}
