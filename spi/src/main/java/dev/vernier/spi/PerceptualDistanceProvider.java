package dev.vernier.spi;

import java.io.IOException;
import java.util.Map;

/** Makes learned distances of one kind. */
public interface PerceptualDistanceProvider extends Provider {
  /**
   * Values by name of the settings that a distance to train with has other defaults for than one to
   * measure with. By default there are none.
   */
  default Map<String, String> trainingDefaults() {
    return Map.of();
  }

  /**
   * A distance; the caller closes it.
   *
   * @throws UsageException if what the settings name, such as a weights file, is missing or wrong
   */
  PerceptualDistance open(Settings settings) throws IOException;
}
