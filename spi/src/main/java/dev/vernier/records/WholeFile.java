package dev.vernier.records;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that appear whole: written beside, then renamed. Processes may write the same file at the
 * same time; the last one to end stays, and a reader never sees a part of any.
 */
public final class WholeFile {
  private static final String PART = ".part";
  private static final Pattern UNFINISHED = Pattern.compile(".+\\.[0-9a-f-]{36}\\" + PART);

  private WholeFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param beside a path that nobody else writes to; there is no file yet
     */
    void writeTo(Path beside) throws IOException;
  }

  /**
   * Writes a file, in a folder that exists; after an error there is what was there before.
   *
   * @throws FullDisk if its disk has no room for it
   */
  public static void write(Path file, Content content) throws IOException {
    write(file, 0, content);
  }

  /**
   * The same of a file of a size that is known.
   *
   * @param bytes that it takes
   */
  public static void write(Path file, long bytes, Content content) throws IOException {
    // A temporary file of the JDK could be read by its owner alone, and so could the renamed one.
    Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + PART);
    try {
      content.writeTo(beside);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
      throw FullDisk.explained(file, bytes, named(file, beside, e));
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** The same error of the file itself, where it names the one beside, which nobody knows. */
  private static IOException named(Path file, Path beside, IOException error) {
    if (!(error instanceof FileSystemException found)
        || !beside.toString().equals(found.getFile())) {
      return error;
    }
    String name = file.toString();
    FileSystemException told = new FileSystemException(name, null, found.getReason());
    if (found instanceof AccessDeniedException) {
      told = new AccessDeniedException(name, null, found.getReason());
    } else if (found instanceof NoSuchFileException) {
      told = new NoSuchFileException(name, null, found.getReason());
    }
    told.initCause(found);
    return told;
  }

  /**
   * Deletes what writers that were killed left below a folder; for whoever has it to himself, since
   * it takes the files of writers at work as well.
   */
  public static void clear(Path folder) throws IOException {
    clear(folder, Integer.MAX_VALUE);
  }

  /**
   * The same where what is further below belongs to others.
   *
   * @param depth of folders that are looked into, 1 for that one alone
   */
  public static void clear(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      for (Path each : files.filter(WholeFile::isUnfinished).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Whether a file is what a writer that was killed left behind. */
  public static boolean isUnfinished(Path file) {
    return UNFINISHED.matcher(String.valueOf(file.getFileName())).matches();
  }
}
