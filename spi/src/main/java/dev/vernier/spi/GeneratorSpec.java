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
 * @param headParameters how many of them only the head has, which predicts the sub-tokens of a
 *     position from what the trunk says there; 0 where the generator does not tell them apart
 */
public record GeneratorSpec(
    String name,
    List<SubCodebook> subCodebooks,
    int gridHeight,
    int gridWidth,
    int classes,
    long parameters,
    long headParameters) {
  /** Copies the sub-codebooks. */
  public GeneratorSpec {
    subCodebooks = List.copyOf(subCodebooks);
  }

  /** One that does not tell its head from its trunk. */
  public GeneratorSpec(
      String name,
      List<SubCodebook> subCodebooks,
      int gridHeight,
      int gridWidth,
      int classes,
      long parameters) {
    this(name, subCodebooks, gridHeight, gridWidth, classes, parameters, 0);
  }

  /** Number of parameters that are not the head's; 0 where the generator does not tell them. */
  public long trunkParameters() {
    return headParameters == 0 ? 0 : parameters - headParameters;
  }
}
