package dev.vernier.harness.weights;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.TokenizerLoader;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint file from elsewhere: which tokenizer it belongs to, and its settings.
 *
 * @param weights the file
 * @param asker who named it
 * @param plugins who may know it
 */
record PublishedFile(Path weights, Asker asker, Plugins plugins) {
  /**
   * What the file is.
   *
   * @param name of the tokenizer the user named, or null
   * @throws UsageException if it belongs to another tokenizer, or to none and the user named none
   */
  SavedTokenizer describe(String name) throws IOException {
    Optional<SavedTokenizer> known = find(name);
    if (name == null) {
      return known.orElseThrow(
          () ->
              new UsageException(
                  weights
                      + " is no checkpoint that a tokenizer here knows: name one with "
                      + asker.tokenizer()
                      + ", and its settings with "
                      + asker.settings()));
    }
    if (known.isPresent() && !known.get().tokenizer().equals(name)) {
      throw new UsageException(
          weights
              + " is a checkpoint of "
              + known.get().tokenizer()
              + ", not of "
              + name
              + ": use "
              + asker.tokenizer(known.get().tokenizer()));
    }
    return known.orElse(new SavedTokenizer(name, Map.of()));
  }

  /** Asks the tokenizer the user named first. */
  private Optional<SavedTokenizer> find(String name) throws IOException {
    List<TokenizerLoader> asked = new ArrayList<>(plugins.tokenizers());
    if (name != null) {
      asked.add(0, plugins.tokenizer(name));
    }
    Optional<UsageException> refusal = Optional.empty();
    for (TokenizerLoader each : asked) {
      try {
        Map<String, String> settings = each.published(weights);
        if (!settings.isEmpty()) {
          return Optional.of(new SavedTokenizer(each.name(), settings));
        }
      } catch (UsageException e) {
        // What one cannot read may be another's.
        refusal = refusal.or(() -> Optional.of(e));
      }
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return Optional.empty();
  }
}
