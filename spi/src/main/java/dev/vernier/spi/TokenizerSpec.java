package dev.vernier.spi;

import java.util.List;

/**
 * What a tokenizer is.
 *
 * @param name the name of the provider that made it
 * @param imageSize of the images it was made for
 * @param downsampling the factor f between an image's and its code grid's sides; 0 where codes are
 *     known that lie on no grid
 * @param subCodebooks the k sub-codebooks, in the order of the second dimension of {@link Tokens}
 * @param codeDimension the dimension d of one code vector; 0 where nobody knows it
 * @param parameters the number of trained parameters that encoding and decoding use; 0 where nobody
 *     knows it
 */
public record TokenizerSpec(
    String name,
    ImageSize imageSize,
    int downsampling,
    List<SubCodebook> subCodebooks,
    int codeDimension,
    long parameters) {
  /** Checks the sizes. */
  public TokenizerSpec {
    subCodebooks = List.copyOf(subCodebooks);
    if (subCodebooks.isEmpty()) {
      throw new IllegalArgumentException("tokenizer " + name + " has no codebook");
    }
    if (downsampling < 0 || (downsampling > 0 && !imageSize.isMultipleOf(downsampling))) {
      throw new IllegalArgumentException(
          "images of " + imageSize + " pixels cannot be downsampled by " + downsampling);
    }
  }

  /** Rows of the code grid. */
  public int gridHeight() {
    return side(imageSize.height());
  }

  /** Columns of the code grid. */
  public int gridWidth() {
    return side(imageSize.width());
  }

  private int side(int pixels) {
    if (downsampling == 0) {
      throw new IllegalStateException("the codes of " + name + " lie on no grid");
    }
    return pixels / downsampling;
  }

  /** K summed over the sub-codebooks: the size that the paper's figure 1 puts on its axis. */
  public long totalCodes() {
    return subCodebooks.stream().mapToLong(SubCodebook::size).sum();
  }

  /** Bits that the index tuple of one grid position carries: the sum of log2 K. */
  public double bitsPerToken() {
    return subCodebooks.stream().mapToDouble(each -> Math.log(each.size()) / Math.log(2)).sum();
  }
}
