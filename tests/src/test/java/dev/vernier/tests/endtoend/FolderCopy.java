package dev.vernier.tests.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders that tests change, copied from one that they share. */
final class FolderCopy {
  private FolderCopy() {}

  /** Copies all inside a folder into another, which is there already. */
  static void of(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.skip(1).toList()) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
  }
}
