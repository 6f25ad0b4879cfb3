package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model in training. Fed the same batches from the same state it yields the same numbers, bit by
 * bit, on one machine and with one number of threads.
 */
public interface Training extends AutoCloseable {
  /**
   * One optimization step.
   *
   * @param images {@code [batchSize, 3, height, width]} in [-1, 1], as many as {@link
   *     TrainingContext#batchSize()}; stays the caller's
   * @return the named losses of this step, before the update, in a stable order; the first is the
   *     one that was minimised
   */
  Map<String, Double> step(INDArray images);

  /**
   * Whether further steps would change nothing, so that training may end before all its steps are
   * made; it stays so through {@link #save} and {@link #restore}. By default none is known to.
   */
  default boolean finished() {
    return false;
  }

  /**
   * Writes everything training needs to go on to the same numbers into an existing folder, each
   * file whole or not at all.
   */
  void save(Path folder) throws IOException;

  /** Takes up what {@link #save} wrote, from a training made with the same settings and context. */
  void restore(Path folder) throws IOException;

  /** Frees native memory. */
  @Override
  void close();
}
