package dev.vernier.harness.spark.task;

import dev.vernier.harness.files.RelativeName;
import dev.vernier.records.WholeFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files that travel, with their content.
 *
 * @param files by path below some folder, with slashes
 */
public record FileSet(SortedMap<String, byte[]> files) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No files yet. */
  public FileSet() {
    this(new TreeMap<>());
  }

  /**
   * Adds files of a folder.
   *
   * @param prefix of their paths; empty, or ends with a slash
   * @param wanted takes paths below the folder, with slashes
   */
  public FileSet add(String prefix, Path folder, Predicate<String> wanted) throws IOException {
    if (!Files.isDirectory(folder)) {
      return this;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      List<Path> all = below.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        String path = RelativeName.of(folder, file);
        if (wanted.test(path)) {
          files.put(prefix + path, Files.readAllBytes(file));
        }
      }
    }
    return this;
  }

  /** Adds one file. */
  public FileSet add(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  /** Their size in bytes. */
  public long bytes() {
    return files.values().stream().mapToLong(each -> each.length).sum();
  }

  /**
   * Writes them, each whole.
   *
   * @param last path of the file that is written when all others are there
   * @throws dev.vernier.records.FullDisk if there is no room for one
   */
  public void write(Path folder, String last) throws IOException {
    for (String path : files.keySet()) {
      if (!path.equals(last)) {
        write(folder, path, files.get(path));
      }
    }
    if (files.containsKey(last)) {
      write(folder, last, files.get(last));
    }
  }

  private static void write(Path folder, String path, byte[] content) throws IOException {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new IOException("the file " + path + " would lie outside " + folder);
    }
    Files.createDirectories(file.getParent());
    WholeFile.write(file, content.length, beside -> Files.write(beside, content));
  }
}
