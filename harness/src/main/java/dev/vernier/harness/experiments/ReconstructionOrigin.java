package dev.vernier.harness.experiments;

import dev.vernier.spi.Declared;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import java.util.List;
import java.util.Map;

/**
 * What reconstructions do not say of the tokenizer that made them.
 *
 * @param codebooks sizes of the sub-codebooks; 0 alone where they are not known
 * @param downsampling the factor between the sides of an image and of its grid of codes; 0 where
 *     the codes say it, or nobody
 */
public record ReconstructionOrigin(
    @Declared(byDefault = "0", meaning = "sizes of the sub-codebooks, 0 where they are not known")
        List<Integer> codebooks,
    @Declared(
            byDefault = "0",
            to = 65_536,
            meaning =
                "the factor between the sides of an image and of its grid of codes, 0 as the codes"
                    + " have it")
        int downsampling) {
  /**
   * From settings.
   *
   * @throws dev.vernier.spi.UsageException if one is unknown or wrong
   */
  static ReconstructionOrigin of(Map<String, String> settings) {
    return Settings.of(schema(), settings).bind(ReconstructionOrigin.class);
  }

  /** The settings. */
  static List<Setting<?>> schema() {
    return Setting.of(ReconstructionOrigin.class);
  }

  /** Whether the sizes are known. */
  public boolean sized() {
    return !codebooks.equals(List.of(0));
  }
}
