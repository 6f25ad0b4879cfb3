package dev.vernier.engine.search;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Call;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scores blocks of vectors against blocks of entries with ND4J's matrix product, in a buffer that
 * fits the cache; any backend.
 */
final class TiledSearch implements Search {
  private static final int VECTORS = 256;
  private static final int TILE = Maxima.LANES;
  private static final int TILES = 4;
  private static final int ENTRIES = TILES * TILE;

  /** Vectors a task. */
  private static final int ROWS = 32;

  private final Distances distances;
  private final int dimension;
  private final Owned owned = new Owned();
  private final INDArray vectorBlock;
  private final INDArray entryBlock;
  private final INDArray products;
  private final Call product;
  private final float[][] penalties = new float[TILES][TILE];
  private final List<Scratch> scratch =
      Stream.generate(Scratch::new).limit(Parallel.workers()).toList();
  private Nearest[] nearest = {};

  TiledSearch(Distances distances) {
    this.distances = distances;
    this.dimension = distances.dimension();
    try {
      this.vectorBlock = owned.add(Nd4j.create(DataType.FLOAT, VECTORS, dimension));
      this.entryBlock = owned.add(Nd4j.create(DataType.FLOAT, ENTRIES, dimension));
      this.products = owned.add(Nd4j.create(DataType.FLOAT, VECTORS, ENTRIES));
      this.product = owned.add(new Call(transposedProduct(), vectorBlock, entryBlock));
      product.output(0, products);
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  private static DynamicCustomOp transposedProduct() {
    return DynamicCustomOp.builder("matmul").addIntegerArguments(0, 1).build();
  }

  @Override
  public void search(float[] vectors, int[] indices) {
    begin(vectors, indices.length);
    for (int k = 0; k < distances.entries(); k += ENTRIES) {
      fill(entryBlock, distances.codebook(), k);
      layPenalties(k);
      for (int n = 0; n < indices.length; n += VECTORS) {
        fill(vectorBlock, vectors, n);
        product.execute();
        offer(n, Math.min(VECTORS, indices.length - n), k);
      }
    }
    for (int n = 0; n < indices.length; n++) {
      indices[n] = nearest[n].entry();
    }
  }

  private void begin(float[] vectors, int count) {
    if (nearest.length < count) {
      nearest = new Nearest[count];
      Arrays.setAll(nearest, n -> new Nearest(distances));
    }
    for (int n = 0; n < count; n++) {
      nearest[n].begin(vectors, n);
    }
  }

  /** Copies rows from a place on; what lies beyond the last stays as it was. */
  private void fill(INDArray block, float[] rows, int from) {
    int count = Math.min((int) block.length(), rows.length - from * dimension);
    Floats.of(block).write(0, rows, from * dimension, count);
  }

  /** What is taken off the products of a block's entries; places beyond the last can never win. */
  private void layPenalties(int first) {
    for (int j = 0; j < ENTRIES; j++) {
      penalties[j / TILE][j % TILE] =
          first + j < distances.entries() ? (float) distances.penalty(first + j) : -Maxima.NONE;
    }
  }

  /** Offers a block of entries, whose products are there, to a block of vectors. */
  private void offer(int from, int count, int first) {
    Floats scores = Floats.of(products);
    int end = Math.min(distances.entries(), first + ENTRIES);
    Parallel.forEach(
        (count + ROWS - 1) / ROWS,
        scratch,
        (own, task) -> {
          for (int n = task * ROWS; n < Math.min(count, (task + 1) * ROWS); n++) {
            own.score(scores, n, penalties);
            nearest[from + n].offer(own.lanes, own.maxima, own.room, first, end);
          }
        });
  }

  @Override
  public void close() {
    owned.close();
  }

  /** What a thread works in. */
  private static final class Scratch {
    private final float[] lanes = new float[TILE];
    private final float[] scores = new float[TILE];
    private final Maxima maxima = new Maxima();
    private final int[] room = new int[TILE];

    /** Raises the lanes from the products of a vector, by its number in the block. */
    void score(Floats products, int vector, float[][] penalties) {
      products.read(vector * ENTRIES, lanes, TILE);
      subtract(lanes, penalties[0]);
      for (int t = 1; t < TILES; t++) {
        products.read(vector * ENTRIES + t * TILE, scores, TILE);
        subtract(scores, penalties[t]);
        Maxima.raise(lanes, scores);
      }
    }

    private static void subtract(float[] scores, float[] penalties) {
      for (int j = 0; j < TILE; j++) {
        scores[j] -= penalties[j];
      }
    }
  }
}
