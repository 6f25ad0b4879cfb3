package dev.vernier.spi;

/**
 * One of the k sub-codebooks of a tokenizer. They have names because published code orders them
 * differently in different places.
 *
 * @param name what it is called, such as {@code semantic}; {@code code} for a tokenizer with only
 *     one; not blank and without a comma, which separates names in files
 * @param size how many entries it has, K
 */
public record SubCodebook(String name, int size) {
  /** Checks both. */
  public SubCodebook {
    if (name.isBlank() || name.contains(",")) {
      throw new IllegalArgumentException(
          "a sub-codebook cannot be called '" + name + "': use letters, digits and hyphens");
    }
    if (size < 1) {
      throw new IllegalArgumentException(
          "sub-codebook " + name + " has " + size + " entries, it needs at least 1");
    }
  }
}
