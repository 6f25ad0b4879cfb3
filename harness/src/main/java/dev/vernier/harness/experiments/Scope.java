package dev.vernier.harness.experiments;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a setting belongs to that is neither the run's nor a tokenizer's, as its key begins. */
public enum Scope {
  /** The dataset. */
  DATA,
  /** The extractor that scores. */
  FEATURES,
  /** The distance that is measured. */
  LPIPS,
  /** The distance in the perceptual loss. */
  PERCEPTUAL,
  /** The models that tokenizers learn from. */
  TEACHER;

  /** How keys of it begin. */
  public String prefix() {
    return name().toLowerCase(Locale.ROOT) + ".";
  }

  /** The key of a setting of it. */
  public String key(String setting) {
    return prefix() + setting;
  }

  /** Whether a key is of it. */
  boolean holds(String key) {
    return key.startsWith(prefix());
  }

  /** Whether a key is of any. */
  static boolean any(String key) {
    return Arrays.stream(values()).anyMatch(each -> each.holds(key));
  }

  /** Those options that are of it, under the names of their settings. */
  public Map<String, String> of(Map<String, String> options) {
    return options.entrySet().stream()
        .filter(each -> holds(each.getKey()))
        .collect(
            Collectors.toMap(
                each -> each.getKey().substring(prefix().length()), Map.Entry::getValue));
  }

  /**
   * Reads settings of it.
   *
   * @throws UsageException of {@link Settings#of}, under the key of the setting
   */
  public Settings read(List<Setting<?>> schema, Map<String, String> settings) {
    try {
      return Settings.of(schema, settings);
    } catch (UsageException e) {
      throw e.under(this::key);
    }
  }
}
