package dev.vernier.spi;

import java.util.Map;

/** A generator in training. */
public interface TrainableGenerator extends Resumable {
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
}
