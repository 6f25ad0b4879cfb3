package dev.vernier.spi;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link Tokenizer} whose codes stand for vectors, which can be looked at. */
public interface CodeVectors {
  /**
   * The vectors that codes of a sub-codebook stand for, as the nearest one is searched: projected
   * or normalized where the tokenizer does so.
   *
   * @param subCodebook its number
   * @param codes indices in it, at least one
   * @return {@code [codes, dimension]}; a new array that the caller closes
   */
  INDArray vectors(int subCodebook, int[] codes);
}
