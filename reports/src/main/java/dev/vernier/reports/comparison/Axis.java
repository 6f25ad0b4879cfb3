package dev.vernier.reports.comparison;

import dev.vernier.spi.TokenizerSpec;
import java.util.Map;

/** What the points of a line are placed by. */
public enum Axis {
  /** Number of codes, summed over the sub-codebooks: the axis of the paper's figure 1. */
  SIZE("total codebook size", "the number of codes summed over the sub-codebooks", "") {
    @Override
    double of(TokenizerSpec spec) {
      return spec.totalCodes();
    }

    @Override
    double of(Map<String, String> published) {
      return Double.parseDouble(published.get("codebook_size"));
    }
  },
  /** Bits that the indices of one position of the code grid take: equal ones are an equal rate. */
  BITS(
      "bits per token",
      "the bits of one position of the code grid (log2 of the product of the sub-codebooks' sizes),"
          + " so that numbers above each other are of an equal rate",
      "-bits") {
    @Override
    double of(TokenizerSpec spec) {
      return spec.bitsPerToken();
    }

    @Override
    double of(Map<String, String> published) {
      int books = Integer.parseInt(published.get("sub_codebooks"));
      return books * Math.log(SIZE.of(published) / books) / Math.log(2);
    }
  };

  private final String words;
  private final String meaning;
  private final String suffix;

  Axis(String words, String meaning, String suffix) {
    this.words = words;
    this.meaning = meaning;
    this.suffix = suffix;
  }

  /** Where a tokenizer stands. */
  abstract double of(TokenizerSpec spec);

  /** Where a published point stands. */
  abstract double of(Map<String, String> published);

  /** What it is, in a few words. */
  public String words() {
    return words;
  }

  /** What it is, in full. */
  public String meaning() {
    return meaning;
  }

  /** What tells the files of its figures from those of the other axis. */
  public String suffix() {
    return suffix;
  }
}
