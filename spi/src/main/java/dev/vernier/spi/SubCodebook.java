package dev.vernier.spi;

/**
 * One of the k sub-codebooks of a tokenizer. They have names because published code orders them
 * differently in different places.
 *
 * @param name what it is called, such as {@code semantic}; {@code code} for a tokenizer with only
 *     one
 * @param size how many entries it has, K
 */
public record SubCodebook(String name, int size) {
  /** Checks the size. */
  public SubCodebook {
    if (size < 1) {
      throw new IllegalArgumentException(
          "sub-codebook " + name + " has " + size + " entries, it needs at least 1");
    }
  }
}
