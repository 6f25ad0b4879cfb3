package dev.vernier.harness.experiments;

import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.weights.Asker;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.GivenWeights;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A tokenizer that a run takes as it is: trained before, here or elsewhere.
 *
 * @param saved what it is, with every setting of the plugin after defaults
 * @param weights where its weights lie, and their hash
 */
public record GivenTokenizer(SavedTokenizer saved, GivenWeights weights) {
  /**
   * One whose weights were looked at.
   *
   * @param saved what they are; settings may be missing
   * @throws UsageException if a setting is unknown or wrong
   */
  public static GivenTokenizer of(Path weights, SavedTokenizer saved, Plugins plugins)
      throws IOException {
    Settings settings =
        Settings.of(plugins.tokenizer(saved.tokenizer()).settings(), saved.settings());
    return new GivenTokenizer(
        new SavedTokenizer(saved.tokenizer(), settings.asText()),
        new GivenWeights(weights.toAbsolutePath().normalize().toString(), FolderHash.of(weights)));
  }

  /**
   * The one of a method.
   *
   * @throws UsageException if its weights are not there, or do not say what they are and the method
   *     does not either
   */
  static GivenTokenizer of(Experiment.Method method, Plugins plugins) throws IOException {
    try {
      Path weights = Path.of(method.weights());
      SavedTokenizer saved =
          SavedTokenizer.of(weights, method.tokenizer(), Asker.EXPERIMENT, plugins);
      return of(weights, saved.with(method.settings()), plugins);
    } catch (UsageException e) {
      throw new UsageException(method.name() + ": " + e.getMessage(), e);
    }
  }
}
