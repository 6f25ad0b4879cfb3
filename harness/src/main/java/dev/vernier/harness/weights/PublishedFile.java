package dev.vernier.harness.weights;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.TokenizerLoader;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
   * @throws UsageException if it belongs to another tokenizer, or to none or to several and the
   *     user named none
   */
  SavedTokenizer describe(String name) throws IOException {
    if (name != null) {
      SavedTokenizer named = as(plugins.tokenizer(name));
      if (named != null) {
        return named;
      }
    }
    List<SavedTokenizer> known = known();
    if (name == null) {
      return only(known);
    }
    if (!known.isEmpty()) {
      String other = known.get(0).tokenizer();
      throw new UsageException(
          weights
              + " is a checkpoint of "
              + other
              + ", not of "
              + name
              + ": use "
              + asker.tokenizer(other));
    }
    return new SavedTokenizer(name, Map.of());
  }

  private SavedTokenizer only(List<SavedTokenizer> known) {
    if (known.isEmpty()) {
      throw new UsageException(
          weights
              + " is not a checkpoint that a tokenizer here knows: name one with "
              + asker.tokenizer()
              + ", and its settings with "
              + asker.settings());
    }
    if (known.size() > 1) {
      throw new UsageException(
          weights
              + " may be a checkpoint of "
              + known.stream().map(SavedTokenizer::tokenizer).collect(Collectors.joining(" or "))
              + ": say which with "
              + asker.tokenizer());
    }
    return known.get(0);
  }

  /** What a tokenizer makes of the file, or null. */
  private SavedTokenizer as(TokenizerLoader loader) throws IOException {
    Map<String, String> settings = loader.published(weights);
    return settings.isEmpty() ? null : new SavedTokenizer(loader.name(), settings);
  }

  /** What all tokenizers make of it. */
  private List<SavedTokenizer> known() throws IOException {
    List<SavedTokenizer> known = new ArrayList<>();
    UsageException refusal = null;
    for (TokenizerLoader each : plugins.tokenizers()) {
      try {
        SavedTokenizer saved = as(each);
        if (saved != null) {
          known.add(saved);
        }
      } catch (UsageException e) {
        // What one cannot read may be another's.
        refusal = refusal == null ? e : refusal;
      }
    }
    if (known.isEmpty() && refusal != null) {
      throw refusal;
    }
    return known;
  }
}
