package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.nio.file.Path;

/** Refuses arrays that no net can compute with. */
final class Finite {
  private Finite() {}

  /**
   * The values themselves.
   *
   * @param file and name of the array, for the message
   * @throws UsageException if some are NaN or infinite, as 32-bit floats; it says how many
   */
  static float[] require(float[] values, Path file, String name) {
    int others = 0;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        others++;
      }
    }
    if (others > 0) {
      throw new UsageException(
          file
              + ": "
              + others
              + " of the "
              + values.length
              + " values of "
              + FewNames.shortened(name)
              + " are NaN or infinite: download the file again, or train again");
    }
    return values;
  }
}
