package dev.vernier.tests;

import java.nio.file.Path;

/**
 * A cache of a test's own for the code that it calls in this JVM, until it is closed.
 *
 * @param before the folder that was named before, or null
 */
public record OwnCache(String before) implements AutoCloseable {
  private static final String PROPERTY = "vernier.cache";

  /** Begins to keep nets and trunks in a folder, which need not exist. */
  public static OwnCache in(Path folder) {
    return new OwnCache(System.setProperty(PROPERTY, folder.toString()));
  }

  @Override
  public void close() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }
}
