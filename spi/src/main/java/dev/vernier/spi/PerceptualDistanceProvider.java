package dev.vernier.spi;

import java.io.IOException;

/** Makes learned distances of one kind. */
public interface PerceptualDistanceProvider extends Provider {
  /**
   * A distance; the caller closes it.
   *
   * @throws UsageException if what the settings name, such as a weights file, is missing or wrong
   */
  PerceptualDistance open(Settings settings) throws IOException;
}
