package dev.vernier.engine.search;

import dev.vernier.engine.memory.Floats;
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
 */
public final class CodebookSearch {
  /**
   * From this dimension on ND4J's matrix product beats the fused kernel (measured on AVX2, two
   * threads).
   */
  private static final int TILED_FROM = 48;

  private CodebookSearch() {}

  /**
   * The nearest entries.
   *
   * @param vectors float {@code [N, d]}, contiguous in 'c' order
   * @param codebook float {@code [K, d]}, contiguous in 'c' order
   * @return N indices
   */
  public static int[] nearest(INDArray vectors, INDArray codebook) {
    int dimension = dimension(vectors, codebook);
    return search(vectors, Distances.euclidean(Floats.all(codebook), dimension));
  }

  /** The entries of the largest inner product, with parameters as above. */
  public static int[] largestProduct(INDArray vectors, INDArray codebook) {
    int dimension = dimension(vectors, codebook);
    return search(vectors, Distances.products(Floats.all(codebook), dimension));
  }

  private static int dimension(INDArray vectors, INDArray codebook) {
    if (vectors.size(1) != codebook.size(1)) {
      throw new IllegalArgumentException(
          "vectors of " + vectors.size(1) + " dimensions, codebook of " + codebook.size(1));
    }
    return (int) vectors.size(1);
  }

  private static int[] search(INDArray vectors, Distances distances) {
    float[] z = Floats.all(vectors);
    int[] indices = new int[(int) vectors.size(0)];
    if (distances.dimension() < TILED_FROM && Nd4j.getEnvironment().isCPU()) {
      new FusedSearch(distances).search(z, indices);
    } else {
      new TiledSearch(distances).search(z, indices);
    }
    return indices;
  }
}
