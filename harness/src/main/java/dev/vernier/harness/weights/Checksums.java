package dev.vernier.harness.weights;

import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hashes of the files below a folder of weights, as {@code sha256sum} writes and checks them: a
 * bit that changed on a disk or on the way would else change numbers without a word.
 *
 * @param folder the folder
 */
public record Checksums(Path folder) {
  /** The file that holds them. */
  public static final String FILE = FolderHash.CHECKSUMS;

  /** Names are relative, as {@link FolderHash#files} has them, and lead to nothing above it. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?<hash>[0-9a-fA-F]{64}) [ *](?<name>(?:(?!\\.\\.?/)[^/\\\\]+/)*+[^/\\\\]+)");

  /** Has the files written, then their hashes; in between there are none. */
  void write(Writing files) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(file());
    files.run();
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<Path, String> each : FolderHash.files(folder).entrySet()) {
      lines.append(Sha256.ofFile(each.getKey())).append("  ").append(each.getValue()).append('\n');
    }
    ResultFiles.writeWhole(file(), lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Path file() {
    return folder.resolve(FILE);
  }

  /**
   * Compares the files with them, where they were written.
   *
   * @throws UsageException if a file is gone or another than was written
   */
  void check() throws IOException {
    if (!Files.exists(file())) {
      return;
    }
    List<String> lines =
        new String(Files.readAllBytes(file()), StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty()) {
      throw damaged(file(), "it is empty");
    }
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw damaged(file(), "it has a line that is not a hash and a name");
      }
      Path listed = folder.resolve(matcher.group("name"));
      if (!Files.isRegularFile(listed)) {
        throw damaged(listed, "it is not there, and " + FILE + " beside it lists it");
      }
      if (!Sha256.ofFile(listed).equalsIgnoreCase(matcher.group("hash"))) {
        throw damaged(listed, "its SHA-256 is not the one in " + FILE + " beside it");
      }
    }
  }

  /**
   * What is said where the hashes are gone that were written beside another file.
   *
   * @param written what a training writes into the folder, too
   */
  Optional<String> missingBeside(String written) {
    return Files.exists(folder.resolve(written)) && !Files.exists(file())
        ? Optional.of(folder + " has no " + FILE + " any more: damage to its files would not show")
        : Optional.empty();
  }

  /** Writes files. */
  @FunctionalInterface
  interface Writing {
    void run() throws IOException;
  }

  private static UsageException damaged(Path file, String why) {
    return new UsageException(
        file
            + " is damaged ("
            + why
            + "): get its folder again or, in a run, delete the folder of its cell and run again"
            + " with --resume");
  }
}
