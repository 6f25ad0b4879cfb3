package dev.vernier.engine.search;

/**
 * A way to search one codebook, whose values may change from search to search. It owns the memory
 * that this takes, so that a search allocates next to nothing; one search at a time.
 */
interface Search extends AutoCloseable {
  /**
   * Finds the entry of each vector.
   *
   * @param vectors {@code [N, d]}
   * @param indices takes N indices
   */
  void search(float[] vectors, int[] indices);

  /** Frees native memory. */
  @Override
  default void close() {}
}
