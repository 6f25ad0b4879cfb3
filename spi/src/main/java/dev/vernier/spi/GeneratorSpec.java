package dev.vernier.spi;

import java.util.List;

/**
 * What a generator is.
 *
 * @param name the name of the provider that made it
 * @param subCodebooks the sub-codebooks of the tokens it makes, in their order in {@link Tokens}
 * @param gridHeight rows of the code grid
 * @param gridWidth its columns
 * @param classes how many classes it can be asked for
 * @param parameters number of trained parameters
 */
public record GeneratorSpec(
    String name,
    List<SubCodebook> subCodebooks,
    int gridHeight,
    int gridWidth,
    int classes,
    long parameters) {
  /** Copies the sub-codebooks. */
  public GeneratorSpec {
    subCodebooks = List.copyOf(subCodebooks);
  }
}
