package dev.vernier.harness.data;

import dev.vernier.harness.machine.TemporaryFolder;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where results that depend on datasets and models only are kept between runs: {@code
 * $XDG_CACHE_HOME/vernier}, else {@code ~/.cache/vernier}, else, for a user who has no home to
 * write to, as in containers, a folder among the temporary ones. It may be deleted at any time.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder; it need not exist. */
  public static Path path() {
    return named().orElseGet(() -> canBeMade(usual()) ? usual() : substitute());
  }

  /** The line that says that the folder is not the usual one, and why; empty where it is. */
  public static Optional<String> remark() {
    return named().isPresent() || canBeMade(usual())
        ? Optional.empty()
        : Optional.of(
            "nets and lists of files are kept in "
                + substitute()
                + ", since "
                + usual()
                + " cannot be written: name a folder that stays with XDG_CACHE_HOME");
  }

  private static Optional<Path> named() {
    return Optional.ofNullable(System.getProperty("vernier.cache"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .filter(text -> !text.isEmpty())
                    .map(text -> Path.of(text, "vernier")));
  }

  private static Path usual() {
    return Path.of(System.getProperty("user.home"), ".cache", "vernier");
  }

  private static Path substitute() {
    Path folder = TemporaryFolder.path().resolve("vernier-" + System.getProperty("user.name"));
    if (!isOwn(folder)) {
      throw new UsageException(
          folder
              + " is a link, or somebody else's, whose nets would be taken for yours: name a folder"
              + " of your own with XDG_CACHE_HOME");
    }
    return folder;
  }

  /** Whether nobody else can have put something into a folder, where it is there. */
  private static boolean isOwn(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (Files.isSymbolicLink(folder)) {
      return false;
    }
    try {
      // The user's name need not be that of a file's owner: in containers it is unknown.
      Path mine = Files.createTempFile(TemporaryFolder.path(), "vernier", null);
      try {
        return Files.getOwner(folder).equals(Files.getOwner(mine));
      } finally {
        Files.delete(mine);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a user whom the system does not know the home is {@code ?}. */
  private static boolean canBeMade(Path folder) {
    if (!folder.isAbsolute()) {
      return false;
    }
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    // One that is there and cannot be written has nets all the same, as that of a container's
    // image.
    return there != null
        && Files.isDirectory(there)
        && (there.equals(folder) || Files.isWritable(there));
  }
}
