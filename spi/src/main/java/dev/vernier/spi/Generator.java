package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;

/** Generates token grids for class labels. Not safe for use by several threads at once. */
public interface Generator extends AutoCloseable {
  /** What this generator is. */
  GeneratorSpec spec();

  /**
   * One token grid a label. With the same number of native threads, the draws of an image depend on
   * the seed and on its number alone, not on the images beside it: so a long series may be drawn in
   * parts of any size.
   *
   * @param labels a class each
   * @param first number of the first image in the series
   * @throws UsageException if guidance is asked for, and it was trained for none
   */
  Tokens sample(int[] labels, long first, SamplingSettings settings);

  /**
   * Negative log-likelihood of each image's tokens given its label, in bits.
   *
   * @param tokens as many images as labels
   * @return {@code [image][sub-codebook]}, summed over positions; what precedes a sub-token in the
   *     generator's own order is given, so the sum over sub-codebooks is the joint one
   * @throws UsageException if its tokens are too many to be looked at together
   */
  double[][] bits(Tokens tokens, int[] labels);

  /** Writes all that {@link GeneratorProvider#load} needs into an existing folder. */
  void save(Path folder) throws IOException;

  /** Frees native memory. */
  @Override
  void close();
}
