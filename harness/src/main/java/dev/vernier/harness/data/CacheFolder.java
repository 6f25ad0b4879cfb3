package dev.vernier.harness.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where results that depend on datasets and models only are kept between runs: {@code
 * $XDG_CACHE_HOME/vernier}, else {@code ~/.cache/vernier}. It may be deleted at any time.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder; it need not exist. */
  public static Path path() {
    return Optional.ofNullable(System.getProperty("vernier.cache"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .filter(text -> !text.isEmpty())
                    .map(text -> Path.of(text, "vernier")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "vernier"));
  }
}
