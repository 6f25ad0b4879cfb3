package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A model in training. Fed the same batches from the same state it yields the same numbers, bit by
 * bit, on one machine and with one number of threads.
 */
public interface Resumable extends AutoCloseable {
  /**
   * Whether further steps would change nothing, so that training may end before all its steps are
   * made; it stays so through {@link #save} and {@link #restore}. By default none is known to.
   */
  default boolean finished() {
    return false;
  }

  /**
   * The step after which it is {@link #finished} at the latest, which progress is shown against. By
   * default none is known.
   */
  default long lastStep() {
    return Long.MAX_VALUE;
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
