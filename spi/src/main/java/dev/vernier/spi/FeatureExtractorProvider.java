package dev.vernier.spi;

import java.io.IOException;

/** Makes feature extractors of one kind. */
public interface FeatureExtractorProvider extends Provider {
  /**
   * A frozen model; the caller closes it.
   *
   * @throws UsageException if what the settings name, such as a weights file, is missing or wrong
   */
  FeatureExtractor open(Settings settings, FeatureContext context) throws IOException;
}
