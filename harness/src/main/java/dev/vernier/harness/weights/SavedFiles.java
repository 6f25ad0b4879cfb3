package dev.vernier.harness.weights;

import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;

/** What a plugin's {@code save} left in a folder of weights. */
final class SavedFiles {
  private SavedFiles() {}

  /**
   * Refuses weights that were not written, while whoever trained them is there: later, only the
   * attempt to load them would show it. A model without parameters may be all in its settings;
   * files that an earlier session saved count.
   *
   * @param plugin name of the plugin
   * @param parameters how many of them the model says it has; 0 where nobody knows
   * @param description the file beside the weights that says what they are, which an earlier
   *     session may have written
   * @throws UsageException if the model has parameters, and there is no file of them
   */
  static void require(Path folder, String plugin, long parameters, String description)
      throws IOException {
    boolean saved =
        FolderHash.files(folder).values().stream().anyMatch(name -> !name.equals(description));
    if (parameters > 0 && !saved) {
      throw new UsageException(
          plugin
              + ": save wrote no file into "
              + folder
              + ", though its spec says "
              + parameters
              + " parameters: correct the plugin, save has to write all that load needs");
    }
  }
}
