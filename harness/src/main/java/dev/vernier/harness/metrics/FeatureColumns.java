package dev.vernier.harness.metrics;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Features laid out by dimension, so that products between images are sums over rows. */
final class FeatureColumns implements Rows {
  /** Images that are laid out at a time, whole tiles of them. */
  private static final int PART = 8 * TransposedProduct.WIDTH;

  private final float[][] columns;
  private final int images;

  private FeatureColumns(float[][] columns, int images) {
    this.columns = columns;
    this.images = images;
  }

  /** All features. */
  static FeatureColumns of(FeatureMatrix features) {
    return of(features, 0, features.rows());
  }

  /** The features of images {@code from} to {@code end - 1}. */
  static FeatureColumns of(FeatureMatrix features, int from, int end) {
    return rounded(features, from, end, value -> value);
  }

  /** The same, each number rounded in some way. */
  static FeatureColumns rounded(
      FeatureMatrix features, int from, int end, DoubleUnaryOperator rounding) {
    return of(features, IntStream.range(from, end).toArray(), rounding);
  }

  /** Some features, in the order given. */
  static FeatureColumns of(FeatureMatrix features, int[] rows) {
    return of(features, rows, value -> value);
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

  /**
   * Passes the scalar products of all images of two sets. Of large sets only a part is laid out at
   * a time: whole copies would take as much memory as the features.
   */
  static void forEachProduct(FeatureMatrix rows, FeatureMatrix others, PairValues taker) {
    forEachProduct(
        new Range(rows, 0, rows.rows()),
        new Range(others, 0, others.rows()),
        value -> value,
        taker);
  }

  /** Images {@code from} to {@code end - 1} of a set. */
  record Range(FeatureMatrix features, int from, int end) {}

  /** The same of some images, by their numbers in the sets, each number rounded in some way. */
  static void forEachProduct(
      Range rows, Range others, DoubleUnaryOperator rounding, PairValues taker) {
    for (int top = rows.from(); top < rows.end(); top += PART) {
      int first = top;
      FeatureColumns some =
          rounded(rows.features(), top, Math.min(rows.end(), top + PART), rounding);
      for (int left = others.from(); left < others.end(); left += PART) {
        int second = left;
        some.forEachProduct(
            rounded(others.features(), left, Math.min(others.end(), left + PART), rounding),
            (i, j, product) -> taker.take(first + i, second + j, product));
      }
    }
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

  /** Passes the scalar products of all images with all of another set. */
  void forEachProduct(FeatureColumns other, PairValues taker) {
    int blocks = (images + TransposedProduct.HEIGHT - 1) / TransposedProduct.HEIGHT;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              int top = block * TransposedProduct.HEIGHT;
              int height = Math.min(TransposedProduct.HEIGHT, images - top);
              for (int left = 0; left < other.images; left += TransposedProduct.WIDTH) {
                int width = Math.min(TransposedProduct.WIDTH, other.images - left);
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
  static double[] squaredLengths(FeatureMatrix features, DoubleUnaryOperator rounding) {
    int d = features.columns();
    return IntStream.range(0, features.rows())
        .parallel()
        .mapToDouble(
            row -> {
              double square = 0;
              for (int c = 0; c < d; c++) {
                float value = (float) rounding.applyAsDouble(features.values()[row * d + c]);
                square = Math.fma((double) value, value, square);
              }
              return square;
            })
        .toArray();
  }
}
