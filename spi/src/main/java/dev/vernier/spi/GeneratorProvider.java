package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes generators of one family. */
public interface GeneratorProvider extends Provider {
  /**
   * Checks cheaply whether settings fit each other. It is asked for every cell of a run before the
   * first is trained, so that a wrong one costs nothing. By default all fit as far as that is known
   * beforehand, and {@link #create} refuses the others.
   *
   * @throws UsageException if they do not fit; the message says which setting to change
   */
  default void check(Settings settings) {}

  /**
   * Checks cheaply whether a generator that is trained with these settings can be drawn from with
   * guidance. It is asked for every cell of a run that does. By default it can.
   *
   * @throws UsageException if it cannot; the message says which setting to change
   */
  default void checkGuidance(Settings settings) {}

  /**
   * Checks cheaply whether a batch of a tokenizer's codes can be trained on. It is asked beside
   * {@link #check} where it is known what codes there will be. By default every one can as far as
   * that is known beforehand, and {@link #create} refuses the others.
   *
   * @param tokenizer what is known of it before its training: the dimension of codes and the number
   *     of parameters may be 0
   * @param batchSize token grids a step
   * @throws UsageException if it cannot; the message says what fits
   */
  default void checkBatch(Settings settings, TokenizerSpec tokenizer, int batchSize) {}

  /**
   * A new generator with fresh weights; the caller closes it.
   *
   * @throws UsageException if the settings do not fit the tokenizer
   */
  TrainableGenerator create(Settings settings, GeneratorContext context) throws IOException;

  /**
   * What {@link #load} takes for granted that a checkpoint does not say, for whoever reads the
   * numbers; by default nothing.
   *
   * @param settings by which the checkpoint is loaded
   * @param weights a folder or a file, as {@link #load} takes it
   * @return a line each
   * @throws UsageException if the file is damaged
   */
  default List<String> assumptions(Settings settings, Path weights) throws IOException {
    return List.of();
  }

  /**
   * A trained generator; the caller closes it.
   *
   * @param settings the settings it was trained with
   * @param weights a folder that {@link Generator#save} wrote, or a published checkpoint file that
   *     this family knows
   * @throws UsageException if the weights do not fit; the message names what is missing or left
   *     over
   */
  Generator load(Settings settings, Path weights) throws IOException;
}
