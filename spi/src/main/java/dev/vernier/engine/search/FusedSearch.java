package dev.vernier.engine.search;

import dev.vernier.engine.memory.Parallel;

/**
 * Scores a block of entries at a time against one vector, in plain loops over a transposed codebook
 * that HotSpot turns into vector instructions.
 */
final class FusedSearch {
  private static final int TILE = ScoreBlock.TILE;
  private static final int VECTORS_A_TASK = 128;

  private final Distances distances;
  private final int dimension;
  private final int tiles;
  private final float[][] rows;
  private final float[][] offsets;

  FusedSearch(float[] codebook, int dimension) {
    this.distances = new Distances(codebook, dimension);
    this.dimension = dimension;
    int entries = distances.entries();
    this.tiles = (entries + ScoreBlock.ENTRIES - 1) / ScoreBlock.ENTRIES * ScoreBlock.TILES;
    // Arrays of their own, all indexed alike: HotSpot does not vectorise a loop over places shifted
    // by an unknown distance.
    this.rows = new float[tiles * dimension][TILE];
    this.offsets = new float[tiles][TILE];
    for (int k = 0; k < tiles * TILE; k++) {
      // Padding entries are infinitely far away.
      offsets[k / TILE][k % TILE] =
          k < entries ? (float) -distances.halfSquare(k) : Float.NEGATIVE_INFINITY;
    }
    for (int k = 0; k < entries; k++) {
      for (int i = 0; i < dimension; i++) {
        rows[k / TILE * dimension + i][k % TILE] = codebook[k * dimension + i];
      }
    }
  }

  void search(float[] vectors, int[] indices) {
    int tasks = (indices.length + VECTORS_A_TASK - 1) / VECTORS_A_TASK;
    Parallel.forEach(
        tasks,
        task ->
            searchRange(
                vectors,
                indices,
                task * VECTORS_A_TASK,
                Math.min(indices.length, (task + 1) * VECTORS_A_TASK)));
  }

  /** Tile by tile over a group of vectors, so that a tile is read from the nearest cache. */
  private void searchRange(float[] vectors, int[] indices, int from, int to) {
    Best[] bests = new Best[to - from];
    for (int n = from; n < to; n++) {
      bests[n - from] = new Best(distances);
      bests[n - from].start(vectors, n);
    }
    ScoreBlock block = new ScoreBlock();
    for (int tile = 0; tile < tiles; tile += ScoreBlock.TILES) {
      for (int n = from; n < to; n++) {
        for (int t = 0; t < ScoreBlock.TILES; t++) {
          score(vectors, n * dimension, tile + t, block.tile(t));
        }
        block.offerTo(bests[n - from], tile * TILE, distances.entries());
      }
    }
    for (int n = from; n < to; n++) {
      indices[n] = bests[n - from].entry();
    }
  }

  private void score(float[] z, int at, int tile, float[] scores) {
    int row = tile * dimension;
    float[] sums = offsets[tile];
    int i = 0;
    for (; i + 4 <= dimension; i += 4) {
      addFour(z, at + i, row + i, sums, scores);
      sums = scores;
    }
    for (; i < dimension; i++) {
      add(z[at + i], rows[row + i], sums, scores);
      sums = scores;
    }
  }

  private static void add(float a, float[] row, float[] sums, float[] scores) {
    for (int j = 0; j < TILE; j++) {
      scores[j] = Math.fma(a, row[j], sums[j]);
    }
  }

  private void addFour(float[] z, int at, int row, float[] sums, float[] scores) {
    float[] e0 = rows[row];
    float[] e1 = rows[row + 1];
    float[] e2 = rows[row + 2];
    float[] e3 = rows[row + 3];
    float a = z[at];
    float b = z[at + 1];
    float c = z[at + 2];
    float d = z[at + 3];
    for (int j = 0; j < TILE; j++) {
      scores[j] =
          Math.fma(d, e3[j], Math.fma(c, e2[j], Math.fma(b, e1[j], Math.fma(a, e0[j], sums[j]))));
    }
  }
}
