package dev.vernier.spi;

/** The two parts of a dataset. */
public enum Split {
  /** What tokenizers and feature extractors are trained on. */
  TRAIN,
  /** What they are measured on. */
  VALIDATION
}
