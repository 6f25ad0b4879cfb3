package dev.vernier.engine.search;

import dev.vernier.engine.memory.Floats;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds the codebook entry of each vector: the nearest by squared Euclidean distance, or that of
 * the largest inner product; ties go to the lowest index. The answer is that of double arithmetic
 * on the float inputs, whatever the thread count: candidates that float arithmetic cannot tell
 * apart are decided in double. For cosine search, normalize vectors and entries first.
 *
 * <p>Few dimensions are searched by a fused kernel ({@link FusedSearch}); many, where the work is a
 * matrix product, in tiles through ND4J ({@link TiledSearch}), as are backends other than the CPU.
 *
 * <p>A search owns the memory that it works in, and takes it for the sizes of the first vectors and
 * codebook. While the sizes stay, as in training, it allocates no more than what sharing out the
 * work takes, a few kilobytes a search or, in tiles, a block. One search at a time; closed, it
 * holds no native memory and can be used again.
 */
public final class CodebookSearch implements AutoCloseable {
  /**
   * From this dimension on ND4J's matrix product beats the fused kernel (measured on AVX2, two
   * threads).
   */
  private static final int TILED_FROM = 48;

  private final boolean euclidean;
  private final Consumer<float[]> preparation;
  private float[] sought = {};
  private int[] indices = {};
  private Distances distances;
  private Search search;

  private CodebookSearch(boolean euclidean, Consumer<float[]> preparation) {
    this.euclidean = euclidean;
    this.preparation = preparation;
  }

  /** A search for the nearest entries. */
  public static CodebookSearch byDistance() {
    return byDistance(entries -> {});
  }

  /**
   * A search for the nearest of entries that are not searched as they are.
   *
   * @param preparation changes a copy of all entries, {@code [K, d]}, before each search
   */
  public static CodebookSearch byDistance(Consumer<float[]> preparation) {
    return new CodebookSearch(true, preparation);
  }

  /**
   * The nearest entries, searched for once.
   *
   * @param vectors float {@code [N, d]}, contiguous in 'c' order
   * @param codebook float {@code [K, d]}, contiguous in 'c' order
   * @return N indices
   */
  public static int[] nearest(INDArray vectors, INDArray codebook) {
    try (CodebookSearch once = byDistance()) {
      return once.find(vectors, codebook);
    }
  }

  /** The entries of the largest inner product, with parameters as above. */
  public static int[] largestProduct(INDArray vectors, INDArray codebook) {
    try (CodebookSearch once = new CodebookSearch(false, entries -> {})) {
      return once.find(vectors, codebook);
    }
  }

  /**
   * The entries of vectors.
   *
   * @param vectors float {@code [N, d]}, contiguous in 'c' order
   * @param codebook float {@code [K, d]}, contiguous in 'c' order
   * @return N indices, valid until the next search
   */
  public int[] find(INDArray vectors, INDArray codebook) {
    if (vectors.size(1) != codebook.size(1)) {
      throw new IllegalArgumentException(
          "vectors of " + vectors.size(1) + " dimensions, codebook of " + codebook.size(1));
    }
    Floats z = Floats.of(vectors);
    Floats entries = Floats.of(codebook);
    fit(entries.length(), z.length(), (int) codebook.size(1));
    entries.read(0, distances.codebook(), entries.length());
    preparation.accept(distances.codebook());
    distances.update();
    z.read(0, sought, z.length());
    search.search(sought, indices);
    return indices;
  }

  /** Takes memory for so many numbers, unless it is there. */
  private void fit(int entries, int vectors, int dimension) {
    if (search == null
        || distances.codebook().length != entries
        || distances.dimension() != dimension) {
      close();
      distances = new Distances(new float[entries], dimension, euclidean);
      search =
          dimension < TILED_FROM && Nd4j.getEnvironment().isCPU()
              ? new FusedSearch(distances)
              : new TiledSearch(distances);
    }
    if (sought.length != vectors) {
      sought = new float[vectors];
    }
    if (indices.length != vectors / dimension) {
      indices = new int[vectors / dimension];
    }
  }

  @Override
  public void close() {
    if (search != null) {
      search.close();
      search = null;
      distances = null;
    }
  }
}
