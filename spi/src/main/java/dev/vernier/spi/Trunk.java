package dev.vernier.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An encoder and a decoder without a quantizer between them, trained once on a dataset for many
 * tokenizers to begin from. It spends the time of a comparison on what differs between methods, and
 * takes the luck of the first weights out of the spread between seeds. Who asks for one gets its
 * file in {@link TrainingContext#trunk()}.
 */
public interface Trunk {
  /**
   * All that decides the weights besides the dataset and the net of the perceptual loss, in words:
   * equal for tokenizers that share the trunk, and for no others.
   */
  String recipe();

  /** How many training steps it takes. */
  long steps();

  /** Images a training step. */
  int batchSize();

  /**
   * Weights that come with the release.
   *
   * @param key hash of recipe, dataset and net
   * @return the file's bytes, which the caller closes; empty where it has to be trained
   */
  Optional<InputStream> released(String key);

  /**
   * Looks whether a file can be one that {@link InTraining#write} wrote.
   *
   * @throws UsageException if it is damaged
   */
  void check(Path file) throws IOException;

  /** A training from fresh weights; the caller closes it. */
  InTraining create(TrainingContext context) throws IOException;

  /** A trunk in training. */
  interface InTraining extends Training {
    /** Writes the weights as they are now, whole or not at all. */
    void write(Path file) throws IOException;
  }
}
