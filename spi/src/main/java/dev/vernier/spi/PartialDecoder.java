package dev.vernier.spi;

import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link Tokenizer} that can show what some of its sub-codebooks say without the others. */
public interface PartialDecoder {
  /**
   * The images of some sub-codebooks' codes; the codes of the others are vectors of zeros.
   *
   * @param tokens all of them
   * @param kept numbers of the sub-codebooks that are decoded
   * @return {@code [batch, 3, height, width]}; a new array that the caller closes
   */
  INDArray decode(Tokens tokens, Set<Integer> kept);
}
