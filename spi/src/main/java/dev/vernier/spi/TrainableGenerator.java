package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A generator in training. Fed the same batches from the same state it yields the same numbers, bit
 * by bit, on one machine.
 */
public interface TrainableGenerator extends AutoCloseable {
  /** What the generator is. */
  GeneratorSpec spec();

  /**
   * One optimization step.
   *
   * @param tokens the batch
   * @param labels the class of each image
   * @return the named losses of this step, before the update, in a stable order; the first is the
   *     one that was minimised
   */
  Map<String, Double> step(Tokens tokens, int[] labels);

  /** The generator as it is now, independent of further training; the caller closes it. */
  Generator generator();

  /**
   * Writes everything training needs to go on to the same numbers into an existing folder, each
   * file whole or not at all.
   */
  void save(Path folder) throws IOException;

  /**
   * Takes up what {@link #save} wrote, from a generator made with the same settings and context.
   */
  void restore(Path folder) throws IOException;

  /** Frees native memory. */
  @Override
  void close();
}
