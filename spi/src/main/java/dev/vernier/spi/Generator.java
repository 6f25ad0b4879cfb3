package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;

/** Generates token grids for class labels. Not safe for use by several threads at once. */
public interface Generator extends AutoCloseable {
  /** What this generator is. */
  GeneratorSpec spec();

  /** One token grid a label. */
  Tokens sample(int[] labels, SamplingSettings settings);

  /**
   * Joint negative log-likelihood of each image's tokens given its label, in bits.
   *
   * @param tokens as many images as labels
   */
  double[] bits(Tokens tokens, int[] labels);

  /** Writes all that {@link GeneratorProvider#load} needs into an existing folder. */
  void save(Path folder) throws IOException;

  /** Frees native memory. */
  @Override
  void close();
}
