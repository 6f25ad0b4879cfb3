package dev.vernier.records;

/**
 * How a (sub-)codebook was used on the validation set, from the full histogram of its indices.
 *
 * @param name the sub-codebook, or {@link #JOINT} for the tuples of all of them
 * @param size number of entries K; for {@code joint} the product, as a double since it may exceed
 *     any integer
 * @param distinct how many entries occurred
 * @param usage distinct over size
 * @param entropyBits entropy of the histogram in bits
 * @param perplexity 2 to the power of the entropy
 * @param samples how many indices were counted
 */
public record CodebookUse(
    String name,
    double size,
    long distinct,
    double usage,
    double entropyBits,
    double perplexity,
    long samples) {
  /** The name of the use of tuples. */
  public static final String JOINT = "joint";
}
