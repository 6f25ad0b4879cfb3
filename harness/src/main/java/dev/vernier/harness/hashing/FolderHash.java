package dev.vernier.harness.hashing;

import dev.vernier.spi.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of the files that lie in a folder, names included; but for a list of their hashes. */
public final class FolderHash {
  /** A list of the hashes of the other files, which says nothing that these do not. */
  public static final String CHECKSUMS = "SHA256SUMS";

  private FolderHash() {}

  /** The hash in hexadecimal; of a file, that of its content. */
  public static String of(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return Sha256.ofFile(path);
    }
    ContentHash hash = new ContentHash();
    for (Path file : files(path)) {
      hash.add(file.getFileName().toString()).add(Sha256.ofFile(file));
    }
    return hash.hexadecimal();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(each -> Files.isRegularFile(each) && !each.endsWith(CHECKSUMS))
          .sorted()
          .toList();
    }
  }
}
