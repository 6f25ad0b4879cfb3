package dev.vernier.spi;

/** A tokenizer in training. */
public interface TrainableTokenizer extends Training {
  /** What the tokenizer is. */
  TokenizerSpec spec();

  /** The tokenizer as it is now, independent of further training; the caller closes it. */
  Tokenizer tokenizer();
}
