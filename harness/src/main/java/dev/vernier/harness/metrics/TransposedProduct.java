package dev.vernier.harness.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Products A'B of matrices with the same number of rows, in double. A tile of the result is one
 * task, and adds up the rows in their order, so threads cannot change a bit; plain Java, so neither
 * can the choice of a native library.
 */
final class TransposedProduct {
  /** Rows of a tile; the tile and the rows it reads together stay in the second-level cache. */
  static final int HEIGHT = 64;

  /** Columns of a tile. */
  static final int WIDTH = 512;

  private static final int STEP = 4;

  private TransposedProduct() {}

  /**
   * A'B.
   *
   * @param p columns of A
   * @param q columns of B
   * @param rows rows of both
   * @return {@code [p][q]}
   */
  static double[][] of(Rows a, int p, Rows b, int q, int rows) {
    double[][] product = new double[p][q];
    int across = tiles(q, WIDTH);
    IntStream.range(0, tiles(p, HEIGHT) * across)
        .parallel()
        .forEach(
            tile -> {
              int top = tile / across * HEIGHT;
              int left = tile % across * WIDTH;
              int height = Math.min(HEIGHT, p - top);
              int width = Math.min(WIDTH, q - left);
              copy(tile(a, top, height, b, left, width, rows), product, top, left);
            });
    return product;
  }

  /**
   * A'B where it is known to be symmetric: only what lies on and right of the diagonal is computed.
   *
   * @param n columns of A and of B
   * @return {@code [n][n]}, exactly symmetric
   */
  static double[][] symmetric(Rows a, Rows b, int n, int rows) {
    double[][] product = new double[n][n];
    int across = tiles(n, WIDTH);
    IntStream.range(0, tiles(n, HEIGHT) * across)
        .parallel()
        .forEach(
            tile -> {
              int top = tile / across * HEIGHT;
              int left = top + tile % across * WIDTH;
              if (left < n) {
                int height = Math.min(HEIGHT, n - top);
                int width = Math.min(WIDTH, n - left);
                copy(tile(a, top, height, b, left, width, rows), product, top, left);
              }
            });
    for (int i = 1; i < n; i++) {
      for (int j = 0; j < i; j++) {
        product[i][j] = product[j][i];
      }
    }
    return product;
  }

  /** The rows {@code top} to {@code top + height - 1} of A'B, some columns of them. */
  static double[][] tile(Rows a, int top, int height, Rows b, int left, int width, int rows) {
    double[][] sums = new double[height][width];
    double[][] of = new double[STEP][height];
    double[][] by = new double[STEP][width];
    for (int row = Math.max(a.firstRow(top), b.firstRow(left)); row < rows; row += STEP) {
      for (int s = 0; s < STEP; s++) {
        if (row + s < rows) {
          a.read(row + s, top, of[s]);
          b.read(row + s, left, by[s]);
        } else {
          Arrays.fill(of[s], 0);
          Arrays.fill(by[s], 0);
        }
      }
      for (int i = 0; i < height; i++) {
        LinearCombination.add(
            sums[i], 0, width, of[0][i], by[0], of[1][i], by[1], of[2][i], by[2], of[3][i], by[3]);
      }
    }
    return sums;
  }

  private static void copy(double[][] tile, double[][] product, int top, int left) {
    for (int i = 0; i < tile.length; i++) {
      System.arraycopy(tile[i], 0, product[top + i], left, tile[i].length);
    }
  }

  private static int tiles(int size, int tile) {
    return (size + tile - 1) / tile;
  }
}
