package dev.vernier.harness.decoding.webp;

/** What a block is taken for by the samples above it and to its left (RFC 6386, section 12). */
final class LossyPrediction {
  /** Modes of whole macroblocks and of blocks of 4 x 4, in the order of the tables. */
  static final int MEAN = 0;

  static final int GRADIENT = 1;
  static final int VERTICAL = 2;
  static final int HORIZONTAL = 3;
  private static final int DOWN_RIGHT = 4;
  private static final int VERTICAL_RIGHT = 5;
  private static final int DOWN_LEFT = 6;
  private static final int VERTICAL_LEFT = 7;
  private static final int HORIZONTAL_DOWN = 8;

  private LossyPrediction() {}

  /**
   * Predicts a square of a macroblock.
   *
   * @param left its first column, 0 where there is nothing to its left
   * @param top its first row, 0 where there is nothing above
   * @param side 16, or 8 for chroma
   */
  static void square(Plane plane, int mode, int left, int top, int side) {
    int corner = plane.at(left, top);
    int mean = mode == MEAN ? mean(plane, left, top, side) : 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = corner + y * plane.stride + x;
        int above = plane.get(plane.at(left + x, top - 1));
        int before = plane.get(plane.at(left - 1, top + y));
        plane.set(
            at,
            switch (mode) {
              case MEAN -> mean;
              case GRADIENT -> before + above - plane.get(plane.at(left - 1, top - 1));
              case VERTICAL -> above;
              default -> before;
            });
      }
    }
  }

  private static int mean(Plane plane, int left, int top, int side) {
    int sum = 0;
    int count = 0;
    for (int i = 0; i < side; i++) {
      sum += top > 0 ? plane.get(plane.at(left + i, top - 1)) : 0;
      sum += left > 0 ? plane.get(plane.at(left - 1, top + i)) : 0;
    }
    count += top > 0 ? side : 0;
    count += left > 0 ? side : 0;
    return count == 0 ? 128 : (sum + count / 2) / count;
  }

  /**
   * Predicts a block of 4 x 4.
   *
   * @param aboveRight where the four samples above and to its right begin
   */
  static void block(Plane plane, int mode, int left, int top, int aboveRight) {
    // From the lowest sample on the left up, over the corner, to the last one above on the right.
    int[] edge = new int[13];
    for (int i = 0; i < 4; i++) {
      edge[3 - i] = plane.get(plane.at(left - 1, top + i));
      edge[5 + i] = plane.get(plane.at(left + i, top - 1));
      edge[9 + i] = plane.get(aboveRight + i);
    }
    edge[4] = plane.get(plane.at(left - 1, top - 1));
    int mean = 4;
    for (int i = 0; i < 4; i++) {
      mean += edge[i] + edge[5 + i];
    }
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        plane.set(
            plane.at(left + x, top + y),
            switch (mode) {
              case MEAN -> mean >> 3;
              case GRADIENT -> edge[3 - y] + edge[5 + x] - edge[4];
              case VERTICAL -> smooth(edge, 5 + x);
              // The lowest row has nothing below.
              case HORIZONTAL -> y == 3 ? smooth(edge[1], edge[0], edge[0]) : smooth(edge, 3 - y);
              case DOWN_RIGHT -> smooth(edge, 4 + x - y);
              case VERTICAL_RIGHT -> verticalRight(edge, x, y);
              case DOWN_LEFT ->
                  x + y == 6 ? smooth(edge[11], edge[12], edge[12]) : smooth(edge, 6 + x + y);
              case VERTICAL_LEFT -> verticalLeft(edge, x, y);
              case HORIZONTAL_DOWN -> horizontalDown(edge, x, y);
              default -> horizontalUp(edge, x, y);
            });
      }
    }
  }

  private static int verticalRight(int[] edge, int x, int y) {
    int along = 2 * x - y;
    if (along < 0) {
      return smooth(edge, 5 + along);
    }
    int at = 4 + along / 2;
    return along % 2 == 0 ? mean(edge, at) : smooth(edge, at + 1);
  }

  private static int verticalLeft(int[] edge, int x, int y) {
    // The last column leaves the pattern in its two lowest rows.
    if (x == 3 && y >= 2) {
      return smooth(edge, y == 2 ? 10 : 11);
    }
    int at = 5 + x + y / 2;
    return y % 2 == 0 ? mean(edge, at) : smooth(edge, at + 1);
  }

  private static int horizontalDown(int[] edge, int x, int y) {
    int along = 2 * y - x;
    if (along < 0) {
      return smooth(edge, 3 - along);
    }
    int at = 3 - along / 2;
    return along % 2 == 0 ? mean(edge, at) : smooth(edge, at);
  }

  private static int horizontalUp(int[] edge, int x, int y) {
    int along = 2 * y + x;
    if (along > 5) {
      return edge[0];
    }
    if (along == 5) {
      return smooth(edge[1], edge[0], edge[0]);
    }
    int at = 2 - along / 2;
    return along % 2 == 0 ? mean(edge, at) : smooth(edge, at);
  }

  private static int mean(int[] edge, int at) {
    return (edge[at] + edge[at + 1] + 1) >> 1;
  }

  private static int smooth(int[] edge, int at) {
    return smooth(edge[at - 1], edge[at], edge[at + 1]);
  }

  private static int smooth(int a, int b, int c) {
    return (a + 2 * b + c + 2) >> 2;
  }
}
