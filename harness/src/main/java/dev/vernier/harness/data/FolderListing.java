package dev.vernier.harness.data;

import dev.vernier.harness.files.RelativeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The files of a dataset folder, by split: {@code train/} and {@code val/} where they exist, else a
 * split by hash of the file name. Below a split, sub-folders are classes; files that lie flat have
 * none. Files are those of {@link FileTree}.
 *
 * @param classes names of the class folders, sorted
 * @param training in the order of their names
 * @param validation in the order of their names
 * @param texts names of files beside them that are text
 */
record FolderListing(
    List<String> classes,
    List<SourceFile> training,
    List<SourceFile> validation,
    List<String> texts) {
  private static final int BUCKETS = 10_000;

  static FolderListing of(Path root, double validationShare) throws IOException {
    Path train = root.resolve("train");
    Path val = root.resolve("val");
    List<String> texts = new ArrayList<>();
    if (Files.isDirectory(train) || Files.isDirectory(val)) {
      Set<String> names = new TreeSet<>(folders(train));
      names.addAll(folders(val));
      List<String> classes = List.copyOf(names);
      return new FolderListing(
          classes, files(root, train, classes, texts), files(root, val, classes, texts), texts);
    }
    List<String> classes = folders(root);
    List<SourceFile> training = new ArrayList<>();
    List<SourceFile> validation = new ArrayList<>();
    for (SourceFile file : files(root, root, classes, texts)) {
      (bucket(file.id()) < validationShare * BUCKETS ? validation : training).add(file);
    }
    return new FolderListing(classes, training, validation, texts);
  }

  private static int bucket(String id) {
    CRC32 crc = new CRC32();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    // CRC-32 alone keeps neighbouring names in neighbouring buckets; the multiplication spreads.
    return (int) Math.floorMod((crc.getValue() * 0x9E3779B97F4A7C15L) >>> 20, (long) BUCKETS);
  }

  private static List<String> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) && !FileTree.isLitter(entry))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static List<SourceFile> files(
      Path root, Path split, List<String> classes, List<String> texts) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    if (!Files.isDirectory(split)) {
      return files;
    }
    FileTree tree = FileTree.of(split);
    for (Path path : tree.files()) {
      Path inside = split.relativize(path);
      int label = inside.getNameCount() > 1 ? classes.indexOf(inside.getName(0).toString()) : -1;
      files.add(new SourceFile(path, RelativeName.of(root, path), label));
    }
    tree.texts().forEach(path -> texts.add(RelativeName.of(root, path)));
    return files;
  }

  /** All files of both splits. */
  List<SourceFile> all() {
    return Stream.concat(training.stream(), validation.stream()).toList();
  }
}
