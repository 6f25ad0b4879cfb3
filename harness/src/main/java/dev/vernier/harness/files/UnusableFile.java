package dev.vernier.harness.files;

import java.nio.file.FileSystemException;

/** A file or folder that cannot be used as it has to be: it is gone, or there is no right to it. */
public final class UnusableFile {
  private UnusableFile() {}

  /** What is said of it, in a line. */
  public static String told(FileSystemException error) {
    String reason =
        error.getReason() == null ? error.getClass().getSimpleName() : error.getReason();
    return "cannot use " + error.getFile() + " (" + reason + "): check the path";
  }
}
