package dev.vernier.harness.hashing;

import dev.vernier.harness.files.FolderContent;
import dev.vernier.spi.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/**
 * SHA-256 of the files below a folder, names included; but for a list of their hashes in it, and
 * for hidden folders, in which tools keep notes of their own.
 */
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
    for (Map.Entry<Path, String> file : files(path).entrySet()) {
      hash.add(file.getValue()).add(Sha256.ofFile(file.getKey()));
    }
    return hash.hexadecimal();
  }

  /** The files that count, as {@link FolderContent#files} has them. */
  public static SortedMap<Path, String> files(Path folder) throws IOException {
    SortedMap<Path, String> files = FolderContent.of(folder).files();
    files.remove(folder.resolve(CHECKSUMS));
    return files;
  }
}
