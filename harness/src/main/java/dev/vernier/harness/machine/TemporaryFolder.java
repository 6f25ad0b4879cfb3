package dev.vernier.harness.machine;

import dev.vernier.records.FullDisk;
import java.io.IOException;
import java.nio.file.Path;

/** Where temporary files are: often a small disk of its own, or memory. */
public final class TemporaryFolder {
  private static final String PROPERTY = "java.io.tmpdir";

  private TemporaryFolder() {}

  /** The folder. */
  public static Path path() {
    return Path.of(System.getProperty(PROPERTY));
  }

  /**
   * The error to throw where a file in it could not be written: one that says how to have it
   * elsewhere, where its disk is full, else the error itself.
   *
   * @param bytes that the file takes; 0 where that is not known
   */
  public static IOException explained(Path file, long bytes, IOException error) {
    if (!FullDisk.isCauseOf(error)) {
      return error;
    }
    IOException told =
        new FullDisk(
            FullDisk.at(file, bytes, error).getMessage()
                + "; or name another folder for temporary files by "
                + JavaOptions.property(PROPERTY, "DIR"));
    told.initCause(error);
    return told;
  }
}
