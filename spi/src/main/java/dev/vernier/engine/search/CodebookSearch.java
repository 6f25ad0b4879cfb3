package dev.vernier.engine.search;

import dev.vernier.engine.memory.Floats;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds the nearest codebook entry of each vector by squared Euclidean distance, ties to the lowest
 * index. The answer is that of double arithmetic on the float inputs, whatever the thread count:
 * candidates that float arithmetic cannot tell apart are decided in double. For cosine search,
 * normalize vectors and entries first.
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
   * Searches.
   *
   * @param vectors float {@code [N, d]}, contiguous in 'c' order
   * @param codebook float {@code [K, d]}, contiguous in 'c' order
   * @return N indices
   */
  public static int[] nearest(INDArray vectors, INDArray codebook) {
    if (vectors.size(1) != codebook.size(1)) {
      throw new IllegalArgumentException(
          "vectors of " + vectors.size(1) + " dimensions, codebook of " + codebook.size(1));
    }
    int dimension = (int) vectors.size(1);
    float[] z = Floats.all(vectors);
    float[] e = Floats.all(codebook);
    int[] indices = new int[(int) vectors.size(0)];
    if (dimension < TILED_FROM && Nd4j.getEnvironment().isCPU()) {
      new FusedSearch(e, dimension).search(z, indices);
    } else {
      new TiledSearch(e, dimension).search(z, indices);
    }
    return indices;
  }
}
