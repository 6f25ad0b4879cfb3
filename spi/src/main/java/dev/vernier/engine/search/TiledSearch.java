package dev.vernier.engine.search;

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
  private static final int ENTRIES = 1024;

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
    int entries = distances.entries();
    for (int k = 0; k < entries; k += ENTRIES) {
      int count = Math.min(ENTRIES, entries - k);
      float[] halfSquares = new float[count];
      for (int j = 0; j < count; j++) {
        halfSquares[j] = (float) distances.halfSquare(k + j);
      }
      try (INDArray block = block(codebook, k, count)) {
        for (int n = 0; n < indices.length; n += VECTORS) {
          score(vectors, n, Math.min(VECTORS, indices.length - n), block, k, halfSquares, bests);
        }
      }
    }
    for (int n = 0; n < indices.length; n++) {
      indices[n] = bests[n].entry();
    }
  }

  private INDArray block(float[] source, int from, int count) {
    float[] part = new float[count * dimension];
    System.arraycopy(source, from * dimension, part, 0, part.length);
    return Nd4j.createFromArray(part).reshape(count, dimension);
  }

  private void score(
      float[] vectors,
      int from,
      int count,
      INDArray block,
      int firstEntry,
      float[] halfSquares,
      Best[] bests) {
    int width = halfSquares.length;
    float[] scores;
    try (INDArray z = block(vectors, from, count);
        INDArray products = Nd4j.createUninitialized(DataType.FLOAT, count, width)) {
      Nd4j.exec(
          DynamicCustomOp.builder("matmul")
              .addInputs(z, block)
              .addOutputs(products)
              .addIntegerArguments(0, 1)
              .build());
      scores = products.data().asFloat();
    }
    Parallel.forEach(count, n -> scan(scores, n * width, halfSquares, firstEntry, bests[from + n]));
  }

  private static void scan(float[] scores, int at, float[] halfSquares, int firstEntry, Best best) {
    for (int j = 0; j < halfSquares.length; j++) {
      float score = scores[at + j] - halfSquares[j];
      if (score >= best.threshold()) {
        best.offer(firstEntry + j, score);
      }
    }
  }
}
