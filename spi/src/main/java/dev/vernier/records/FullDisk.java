package dev.vernier.records;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A disk has no room for a file; the message is one line that names it and says what it takes. */
public final class FullDisk extends IOException {
  private static final long serialVersionUID = 1L;

  /** How systems say it. */
  private static final List<String> WORDS =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  /** An error with the line to print. */
  public FullDisk(String message) {
    super(message);
  }

  private FullDisk(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether an error, or one that caused it, says that a disk is full. */
  public static boolean isCauseOf(Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage());
      if (each instanceof FullDisk
          || (each instanceof IOException && WORDS.stream().anyMatch(message::contains))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The error to throw where a file could not be written: this, where its disk is full, else one
   * that names the file.
   */
  public static IOException explained(Path file, IOException error) {
    return explained(file, 0, error);
  }

  /**
   * The same of a file of a size that is known.
   *
   * @param bytes that it takes; 0 where that is not known
   */
  public static IOException explained(Path file, long bytes, IOException error) {
    if (isCauseOf(error)) {
      return at(file, bytes, error);
    }
    if (error.getClass() != IOException.class) {
      return error;
    }
    // The system's words alone, as of a disk that has become read-only under an open file.
    FileSystemException named = new FileSystemException(file.toString(), null, error.getMessage());
    named.initCause(error);
    return named;
  }

  /**
   * What is said of an error that {@link #isCauseOf} knows.
   *
   * @param file that was being written, or a folder of it, where the error does not say
   * @param bytes that the file takes; 0 where that is not known
   */
  public static FullDisk at(Path file, long bytes, Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof FullDisk told) {
        return told;
      }
    }
    return new FullDisk(message(file, bytes), error);
  }

  private static String message(Path file, long bytes) {
    return "there is no room for "
        + file
        + ": "
        + (bytes > 0 ? "it takes " + words(bytes) + ", and " : "")
        + free(file)
        + " free on its disk; make space and give the command again, a run with --resume";
  }

  private static String free(Path file) {
    Path there = file.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return words(Files.getFileStore(there).getUsableSpace()) + " are";
    } catch (IOException e) {
      return "too little is";
    }
  }

  private static String words(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
