package dev.vernier.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Loads trained tokenizers of one family. One that cannot be trained here is registered as this
 * service, any other as a {@link TokenizerProvider}.
 */
public interface TokenizerLoader extends Provider {
  /**
   * The settings by which a published checkpoint has to be loaded, read off the file.
   *
   * @param weights a file
   * @return settings by name; empty where the file is no published checkpoint of this tokenizer, or
   *     no file of weights at all
   * @throws UsageException if the file is damaged
   */
  default Map<String, String> published(Path weights) throws IOException {
    return Map.of();
  }

  /**
   * What {@link #published} and {@link #load} take for granted that a checkpoint does not say, for
   * whoever reads the numbers; by default nothing.
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
   * A trained tokenizer; the caller closes it.
   *
   * @param settings the settings it was trained with
   * @param weights a folder that {@link Tokenizer#save} wrote, or a published checkpoint file that
   *     this family knows
   * @throws UsageException if the weights do not fit; the message names what is missing or left
   *     over
   */
  Tokenizer load(Settings settings, Path weights) throws IOException;

  /**
   * The same for images of another size, where a checkpoint binds its tokenizer to none; one that
   * is bound stays with its own. By default all are.
   *
   * @param imageSize of the images that it is asked for
   */
  default Tokenizer load(Settings settings, Path weights, ImageSize imageSize) throws IOException {
    return load(settings, weights);
  }
}
