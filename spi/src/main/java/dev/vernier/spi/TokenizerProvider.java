package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Makes tokenizers of one family. */
public interface TokenizerProvider extends Provider {
  /**
   * Looks, without work, whether settings fit each other and the images. It is asked for every cell
   * of a run before the first is trained, so that a wrong one costs nothing. By default all fit as
   * far as that is known beforehand, and {@link #create} refuses the others.
   *
   * @param imageSize that of the dataset's images
   * @throws UsageException if they do not fit; the message says which setting to change
   */
  default void check(Settings settings, ImageSize imageSize) {}

  /**
   * A new tokenizer with fresh weights; the caller closes it.
   *
   * @throws UsageException if settings and dataset do not fit each other
   */
  TrainableTokenizer create(Settings settings, TrainingContext context) throws IOException;

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

  /**
   * The settings by which a published checkpoint has to be loaded, read off the file.
   *
   * @param weights a file
   * @return settings by name; empty where the file is no published checkpoint of this tokenizer
   * @throws UsageException if the file cannot be read
   */
  default Map<String, String> published(Path weights) throws IOException {
    return Map.of();
  }

  /**
   * A trained tokenizer; the caller closes it.
   *
   * @param settings the settings it was trained with
   * @param weights a folder that {@link Tokenizer#save} wrote, or a published checkpoint file that
   *     this family knows
   * @throws UsageException if the weights do not fit; the message names what is missing or left
   *     over
   */
  Tokenizer load(Settings settings, Path weights) throws IOException;
}
