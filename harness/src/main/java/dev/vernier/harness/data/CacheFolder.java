package dev.vernier.harness.data;

import dev.vernier.harness.machine.TemporaryFolder;
import java.nio.file.Files;
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
    return TemporaryFolder.path().resolve("vernier-" + System.getProperty("user.name"));
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
