package dev.vernier.harness.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What lies below a folder, links followed. Hidden folders, such as the history of a version
 * control system, are passed over; a link to a folder that it lies in counts as empty.
 *
 * @param files the regular files in the order of their paths, each with its path relative to the
 *     folder, parts separated by slashes
 * @param folders likewise relative, without the folder itself
 */
public record FolderContent(SortedMap<Path, String> files, SortedSet<String> folders) {
  /**
   * Lists a folder; a file is all that there is.
   *
   * @throws IOException if a part of it cannot be read
   */
  public static FolderContent of(Path folder) throws IOException {
    Listing listing = new Listing(folder);
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, listing);
    return new FolderContent(listing.files, listing.folders);
  }

  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Path root;
    private final SortedMap<Path, String> files = new TreeMap<>();
    private final SortedSet<String> folders = new TreeSet<>();

    private Listing(Path root) {
      this.root = root;
    }

    private String name(Path each) {
      return RelativeName.of(root, each);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      if (folder.getFileName().toString().startsWith(".")) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      folders.add(name(folder));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.put(file, name(file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (!(e instanceof FileSystemLoopException)) {
        throw e;
      }
      folders.add(name(file));
      return FileVisitResult.CONTINUE;
    }
  }
}
