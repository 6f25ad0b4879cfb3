package dev.vernier.engine.search;

import dev.vernier.engine.memory.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Scores a tile of entries at a time against one vector, in plain loops over a transposed codebook
 * that HotSpot turns into vector instructions. Of the scores only the largest are kept.
 */
final class FusedSearch implements Search {
  private static final int TILE = Maxima.LANES;
  private static final int VECTORS_A_TASK = 64;

  /**
   * Tiles whose scores share lanes: few, since all entries of the best lane are asked in double.
   */
  private static final int TILES_A_BLOCK = 16;

  /** Dimensions that a loop adds. */
  private static final int GROUP = 4;

  private final Distances distances;
  private final int dimension;
  private final int padded;
  private final int tiles;
  private final float[][] rows;
  private final float[][] offsets;
  private final List<Scratch> scratch;

  FusedSearch(Distances distances) {
    this.distances = distances;
    this.dimension = distances.dimension();
    this.padded = (dimension + GROUP - 1) / GROUP * GROUP;
    this.tiles = (distances.entries() + TILE - 1) / TILE;
    // Arrays of their own, all indexed alike: HotSpot does not vectorise a loop over places shifted
    // by an unknown distance.
    this.rows = new float[tiles * padded][TILE];
    this.offsets = new float[tiles][TILE];
    this.scratch =
        Stream.generate(() -> new Scratch(distances, padded)).limit(Parallel.workers()).toList();
  }

  @Override
  public void search(float[] vectors, int[] indices) {
    lay();
    int tasks = (indices.length + VECTORS_A_TASK - 1) / VECTORS_A_TASK;
    Parallel.forEach(
        tasks,
        scratch,
        (own, task) ->
            searchRange(
                own,
                vectors,
                indices,
                task * VECTORS_A_TASK,
                Math.min(indices.length, (task + 1) * VECTORS_A_TASK)));
  }

  /** Brings the codebook into tiles. */
  private void lay() {
    float[] codebook = distances.codebook();
    int entries = distances.entries();
    for (int k = 0; k < tiles * TILE; k++) {
      offsets[k / TILE][k % TILE] = k < entries ? (float) -distances.penalty(k) : Maxima.NONE;
    }
    for (int k = 0; k < entries; k++) {
      for (int i = 0; i < dimension; i++) {
        rows[k / TILE * padded + i][k % TILE] = codebook[k * dimension + i];
      }
    }
  }

  /** Tile by tile over a group of vectors, so that a tile is read from the nearest cache. */
  private void searchRange(Scratch own, float[] vectors, int[] indices, int from, int to) {
    Nearest[] nearest = own.nearest;
    for (int n = from; n < to; n++) {
      nearest[n - from].begin(vectors, n);
    }
    float[][] lanes = own.lanes;
    float[] scores = own.scores;
    float[] z = own.z;
    for (int block = 0; block < tiles; block += TILES_A_BLOCK) {
      int end = Math.min(tiles, block + TILES_A_BLOCK);
      for (int tile = block; tile < end; tile++) {
        for (int n = from; n < to; n++) {
          System.arraycopy(vectors, n * dimension, z, 0, dimension);
          if (tile == block) {
            score(z, tile, lanes[n - from]);
          } else {
            raise(z, tile, scores, lanes[n - from]);
          }
        }
      }
      int entries = Math.min(distances.entries(), end * TILE);
      for (int n = 0; n < to - from; n++) {
        nearest[n].offer(lanes[n], own.maxima, own.room, block * TILE, entries);
      }
    }
    for (int n = from; n < to; n++) {
      indices[n] = nearest[n - from].entry();
    }
  }

  private void score(float[] z, int tile, float[] scores) {
    float[] sums = offsets[tile];
    for (int i = 0; i < padded; i += GROUP) {
      add(z, i, tile * padded + i, sums, scores);
      sums = scores;
    }
  }

  /** Scores a tile, and raises lanes with the last of its dimensions. */
  private void raise(float[] z, int tile, float[] scores, float[] lanes) {
    float[] sums = offsets[tile];
    int last = padded - GROUP;
    for (int i = 0; i < last; i += GROUP) {
      add(z, i, tile * padded + i, sums, scores);
      sums = scores;
    }
    addAndRaise(z, last, tile * padded + last, sums, lanes);
  }

  private void add(float[] z, int at, int row, float[] sums, float[] scores) {
    float[] e0 = rows[row];
    float[] e1 = rows[row + 1];
    float[] e2 = rows[row + 2];
    float[] e3 = rows[row + 3];
    float a = z[at];
    float b = z[at + 1];
    float c = z[at + 2];
    float d = z[at + 3];
    for (int j = 0; j < TILE; j++) {
      scores[j] = sum(a, e0[j], b, e1[j], c, e2[j], d, e3[j], sums[j]);
    }
  }

  private void addAndRaise(float[] z, int at, int row, float[] sums, float[] lanes) {
    float[] e0 = rows[row];
    float[] e1 = rows[row + 1];
    float[] e2 = rows[row + 2];
    float[] e3 = rows[row + 3];
    float a = z[at];
    float b = z[at + 1];
    float c = z[at + 2];
    float d = z[at + 3];
    for (int j = 0; j < TILE; j++) {
      float score = sum(a, e0[j], b, e1[j], c, e2[j], d, e3[j], sums[j]);
      lanes[j] = Maxima.larger(score, lanes[j]);
    }
  }

  private static float sum(
      float a, float e0, float b, float e1, float c, float e2, float d, float e3, float sum) {
    return Math.fma(d, e3, Math.fma(c, e2, Math.fma(b, e1, Math.fma(a, e0, sum))));
  }

  /** What a thread works in. */
  private static final class Scratch {
    private final Nearest[] nearest = new Nearest[VECTORS_A_TASK];
    private final float[][] lanes = new float[VECTORS_A_TASK][TILE];
    private final float[] scores = new float[TILE];
    private final float[] z;
    private final Maxima maxima = new Maxima();
    private final int[] room = new int[TILE];

    /**
     * For vectors of a length.
     *
     * @param padded dimensions of a vector; those beyond its own stay 0
     */
    Scratch(Distances distances, int padded) {
      Arrays.setAll(nearest, n -> new Nearest(distances));
      this.z = new float[padded];
    }
  }
}
