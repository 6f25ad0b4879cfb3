package dev.vernier.engine.search;

/**
 * The scores of a block of consecutive entries against one vector, in tiles, so that loops over
 * them become vector instructions. Only when the best of the block may beat the best so far is it
 * looked for.
 */
final class ScoreBlock {
  static final int TILE = 256;
  static final int TILES = 4;
  static final int ENTRIES = TILE * TILES;

  private final float[][] tiles = new float[TILES][TILE];
  private final float[] most = new float[TILE];

  /** Where the scores of a tile are written. */
  float[] tile(int index) {
    return tiles[index];
  }

  /**
   * Offers what may win.
   *
   * @param first the first entry of the block
   * @param entries how many there are in all; places beyond them hold negative infinity
   */
  void offerTo(Best best, int first, int entries) {
    maxima(tiles[0], tiles[1], tiles[2], tiles[3], most);
    if (maximum(most) < best.threshold()) {
      return;
    }
    for (int t = 0; t < TILES; t++) {
      float[] scores = tiles[t];
      int from = first + t * TILE;
      for (int j = 0; j < TILE; j++) {
        if (scores[j] >= best.threshold() && from + j < entries) {
          best.offer(from + j, scores[j]);
        }
      }
    }
  }

  private static void maxima(float[] a, float[] b, float[] c, float[] d, float[] most) {
    for (int j = 0; j < TILE; j++) {
      most[j] = Math.max(Math.max(a[j], b[j]), Math.max(c[j], d[j]));
    }
  }

  /** Four chains, so that one comparison need not wait for the last. */
  private static float maximum(float[] most) {
    float a = most[0];
    float b = most[1];
    float c = most[2];
    float d = most[3];
    for (int j = 4; j < TILE; j += 4) {
      a = Math.max(a, most[j]);
      b = Math.max(b, most[j + 1]);
      c = Math.max(c, most[j + 2]);
      d = Math.max(d, most[j + 3]);
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }
}
