package dev.vernier.spi;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Trains tokenizers of one family, and loads trained ones. */
public interface TokenizerProvider extends TokenizerLoader {
  /**
   * Checks cheaply whether settings fit each other and the images. It is asked for every cell of a
   * run before the first is trained, so that a wrong one costs nothing. By default all fit as far
   * as that is known beforehand, and {@link #create} refuses the others.
   *
   * @param imageSize that of the dataset's images
   * @throws UsageException if they do not fit; the message says which setting to change
   */
  default void check(Settings settings, ImageSize imageSize) {}

  /**
   * Checks cheaply whether a training of so many steps reaches all that settings ask for. It is
   * asked beside {@link #check}. By default it does.
   *
   * @throws UsageException if it does not; the message says which setting to change
   */
  default void checkSteps(Settings settings, long steps) {}

  /**
   * Checks cheaply whether a batch can be trained on. It is asked beside {@link #check}. By default
   * every one can.
   *
   * @param imageSize that of the dataset's images
   * @param batchSize images a step
   * @throws UsageException if it cannot; the message says which setting to change
   */
  default void checkBatch(Settings settings, ImageSize imageSize, int batchSize) {}

  /**
   * The sub-codebooks that a tokenizer with these settings will have, in their order, so that
   * generators on it can be checked before it is trained. By default unknown.
   *
   * @return empty if known only after training
   */
  default List<SubCodebook> subCodebooks(Settings settings) {
    return List.of();
  }

  /**
   * The factor f between an image's and its code grid's sides that a tokenizer with these settings
   * will have, of use as {@link #subCodebooks} is. By default unknown.
   *
   * @return 0 if known only after training
   */
  default int downsampling(Settings settings) {
    return 0;
  }

  /**
   * A new tokenizer with fresh weights; the caller closes it.
   *
   * @throws UsageException if settings and dataset do not fit each other
   */
  TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException;

  /**
   * Whether a training with these settings has a perceptual loss; {@link TrainingContext} then
   * holds a net or a distance for it. By default it has none.
   */
  default boolean perceptual(Settings settings) {
    return false;
  }

  /**
   * Which sub-codebooks learn from a frozen vision model when trained with these settings; {@link
   * TrainingContext#teachers()} holds a model for each required one. By default none does.
   */
  default TeacherRequirements teacherRequirements(Settings settings) {
    return TeacherRequirements.NONE;
  }

  /**
   * The trunk that a training with these settings begins from. By default it begins from fresh
   * weights.
   */
  default Optional<Trunk> trunk(Settings settings) {
    return Optional.empty();
  }
}
