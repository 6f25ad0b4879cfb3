package dev.vernier.harness.files;

import dev.vernier.records.WholeFile;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder that a user names for something to be written into: new, or empty, or one that holds
 * what the same command wrote before. Nothing else is mixed with it or written over. Hidden files,
 * such as {@code .git}, are passed over.
 *
 * @param path need not exist
 * @param named how the user named it, such as {@code --out}
 */
public record OutputFolder(Path path, String named) {
  /**
   * Looks whether it can be a folder; writes nothing.
   *
   * @throws UsageException if it is a file, or would lie in one
   */
  public void refuseFile() {
    Path there = path;
    while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    if (there != null && !Files.isDirectory(there)) {
      throw new UsageException(there + " is a file: choose another " + named);
    }
  }

  /**
   * Looks whether it may be written into; writes nothing.
   *
   * @param own tells by its name whether an entry is what the same command wrote
   * @throws UsageException if it is a file, or holds something else
   */
  public void refuseOthers(Predicate<String> own) throws IOException {
    refuseFile();
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      if (entries.anyMatch(each -> isVisible(each) && !own.test(each.getFileName().toString()))) {
        throw new UsageException(path + " holds something else already: choose another " + named);
      }
    }
  }

  /** What a writer that was killed left behind counts as little as hidden files. */
  private static boolean isVisible(Path entry) {
    return !entry.getFileName().toString().startsWith(".") && !WholeFile.isUnfinished(entry);
  }
}
