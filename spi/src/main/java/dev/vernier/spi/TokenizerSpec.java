package dev.vernier.spi;

import java.util.List;

/**
 * What a tokenizer is.
 *
 * @param name the name of the provider that made it
 * @param imageSize of the images it was made for
 * @param downsampling the factor f between an image's and its code grid's sides
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
    if (downsampling < 1 || !imageSize.isMultipleOf(downsampling)) {
      throw new IllegalArgumentException(
          "images of " + imageSize + " pixels cannot be downsampled by " + downsampling);
    }
  }

  /** Rows of the code grid. */
  public int gridHeight() {
    return imageSize.height() / downsampling;
  }

  /** Columns of the code grid. */
  public int gridWidth() {
    return imageSize.width() / downsampling;
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
