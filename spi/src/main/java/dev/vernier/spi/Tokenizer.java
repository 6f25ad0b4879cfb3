package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns images into discrete codes and back. Images are float {@code [batch, 3, height, width]}
 * with values in [-1, 1]. Not safe for use by several threads at once.
 */
public interface Tokenizer extends AutoCloseable {
  /** What this tokenizer is. */
  TokenizerSpec spec();

  /**
   * The codes of images. Any batch size of at least 1.
   *
   * @param images {@code [batch, 3, height, width]} in [-1, 1]; stays the caller's
   */
  Tokens encode(INDArray images);

  /**
   * The images of codes, about [-1, 1] and not clamped.
   *
   * @return {@code [batch, 3, height, width]}; a new array that the caller closes
   */
  INDArray decode(Tokens tokens);

  /** Writes all that {@link TokenizerProvider#load} needs into an existing folder. */
  void save(Path folder) throws IOException;

  /** Frees native memory. */
  @Override
  void close();
}
