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
  private static final int ENTRIES = ScoreBlock.ENTRIES;

  /** Vectors a task. */
  private static final int ROWS = 32;

  private final float[] codebook;
  private final Distances distances;
  private final int dimension;

  TiledSearch(float[] codebook, int dimension) {
    this.codebook = codebook;
    this.distances = new Distances(codebook, dimension);
    this.dimension = dimension;
  }

  void search(float[] vectors, int[] indices) {
    Best[] bests = new Best[indices.length];
    for (int n = 0; n < indices.length; n++) {
      bests[n] = new Best(distances);
      bests[n].start(vectors, n);
    }
    try (INDArray z = Nd4j.create(DataType.FLOAT, VECTORS, dimension);
        INDArray block = Nd4j.create(DataType.FLOAT, ENTRIES, dimension);
        INDArray products = Nd4j.create(DataType.FLOAT, VECTORS, ENTRIES)) {
      Blocks blocks = new Blocks(z, block, products);
      for (int k = 0; k < distances.entries(); k += ENTRIES) {
        fill(block, codebook, k);
        float[][] halfSquares = halfSquares(k);
        for (int n = 0; n < indices.length; n += VECTORS) {
          fill(z, vectors, n);
          score(blocks, n, Math.min(VECTORS, indices.length - n), k, halfSquares, bests);
        }
      }
    }
    for (int n = 0; n < indices.length; n++) {
      indices[n] = bests[n].entry();
    }
  }

  /** Copies rows from a place on; what lies beyond the last stays as it was. */
  private void fill(INDArray block, float[] rows, int from) {
    int count = Math.min((int) block.length(), rows.length - from * dimension);
    Floats.of(block).write(0, rows, from * dimension, count);
  }

  /** What is taken off the products of a block's entries; places beyond the last can never win. */
  private float[][] halfSquares(int first) {
    float[][] tiles = new float[ScoreBlock.TILES][ScoreBlock.TILE];
    for (int j = 0; j < ENTRIES; j++) {
      tiles[j / ScoreBlock.TILE][j % ScoreBlock.TILE] =
          first + j < distances.entries()
              ? (float) distances.halfSquare(first + j)
              : Float.POSITIVE_INFINITY;
    }
    return tiles;
  }

  private void score(
      Blocks blocks, int from, int count, int first, float[][] halfSquares, Best[] bests) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(blocks.vectors, blocks.entries)
            .addOutputs(blocks.products)
            .addIntegerArguments(0, 1)
            .build());
    Floats products = Floats.of(blocks.products);
    Parallel.forEach(
        (count + ROWS - 1) / ROWS,
        task -> {
          ScoreBlock scores = new ScoreBlock();
          for (int n = task * ROWS; n < Math.min(count, (task + 1) * ROWS); n++) {
            for (int t = 0; t < ScoreBlock.TILES; t++) {
              products.read(n * ENTRIES + t * ScoreBlock.TILE, scores.tile(t), ScoreBlock.TILE);
              subtract(scores.tile(t), halfSquares[t]);
            }
            scores.offerTo(bests[from + n], first, distances.entries());
          }
        });
  }

  private static void subtract(float[] scores, float[] halfSquares) {
    for (int j = 0; j < ScoreBlock.TILE; j++) {
      scores[j] -= halfSquares[j];
    }
  }

  /** Arrays that every product uses. */
  private record Blocks(INDArray vectors, INDArray entries, INDArray products) {}
}
