package dev.vernier.engine.search;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scores blocks of vectors against blocks of entries with ND4J's matrix product, in a buffer that
 * fits the cache; any backend.
 */
final class TiledSearch {
  private static final int VECTORS = 256;
  private static final int TILE = Maxima.LANES;
  private static final int TILES = 4;
  private static final int ENTRIES = TILES * TILE;

  /** Vectors a task. */
  private static final int ROWS = 32;

  private final float[] codebook;
  private final Distances distances;
  private final int dimension;

  TiledSearch(Distances distances) {
    this.codebook = distances.codebook();
    this.distances = distances;
    this.dimension = distances.dimension();
  }

  void search(float[] vectors, int[] indices) {
    Nearest[] nearest = new Nearest[indices.length];
    for (int n = 0; n < indices.length; n++) {
      nearest[n] = new Nearest(distances, vectors, n);
    }
    try (INDArray z = Nd4j.create(DataType.FLOAT, VECTORS, dimension);
        INDArray block = Nd4j.create(DataType.FLOAT, ENTRIES, dimension);
        INDArray products = Nd4j.create(DataType.FLOAT, VECTORS, ENTRIES)) {
      Blocks blocks = new Blocks(z, block, products);
      for (int k = 0; k < distances.entries(); k += ENTRIES) {
        fill(block, codebook, k);
        float[][] penalties = penalties(k);
        for (int n = 0; n < indices.length; n += VECTORS) {
          fill(z, vectors, n);
          score(blocks, n, Math.min(VECTORS, indices.length - n), k, penalties, nearest);
        }
      }
    }
    for (int n = 0; n < indices.length; n++) {
      indices[n] = nearest[n].entry();
    }
  }

  /** Copies rows from a place on; what lies beyond the last stays as it was. */
  private void fill(INDArray block, float[] rows, int from) {
    int count = Math.min((int) block.length(), rows.length - from * dimension);
    Floats.of(block).write(0, rows, from * dimension, count);
  }

  /** What is taken off the products of a block's entries; places beyond the last can never win. */
  private float[][] penalties(int first) {
    float[][] tiles = new float[TILES][TILE];
    for (int j = 0; j < ENTRIES; j++) {
      tiles[j / TILE][j % TILE] =
          first + j < distances.entries() ? (float) distances.penalty(first + j) : -Maxima.NONE;
    }
    return tiles;
  }

  private void score(
      Blocks blocks, int from, int count, int first, float[][] penalties, Nearest[] nearest) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(blocks.vectors, blocks.entries)
            .addOutputs(blocks.products)
            .addIntegerArguments(0, 1)
            .build());
    Floats products = Floats.of(blocks.products);
    int end = Math.min(distances.entries(), first + ENTRIES);
    Parallel.forEach(
        (count + ROWS - 1) / ROWS,
        task -> {
          float[] lanes = new float[TILE];
          float[] scores = new float[TILE];
          Maxima maxima = new Maxima();
          int[] room = new int[TILE];
          for (int n = task * ROWS; n < Math.min(count, (task + 1) * ROWS); n++) {
            products.read(n * ENTRIES, lanes, TILE);
            subtract(lanes, penalties[0]);
            for (int t = 1; t < TILES; t++) {
              products.read(n * ENTRIES + t * TILE, scores, TILE);
              subtract(scores, penalties[t]);
              Maxima.raise(lanes, scores);
            }
            nearest[from + n].offer(lanes, maxima, room, first, end);
          }
        });
  }

  private static void subtract(float[] scores, float[] penalties) {
    for (int j = 0; j < TILE; j++) {
      scores[j] -= penalties[j];
    }
  }

  /** Arrays that every product uses. */
  private record Blocks(INDArray vectors, INDArray entries, INDArray products) {}
}
