package dev.vernier.harness.data;

import dev.vernier.records.WholeFile;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The files below a folder that may be images, links followed. What operating systems, file servers
 * and notebooks leave behind is passed over, and what a writer of ours has not finished; files that
 * say by their names that they are text are set apart.
 *
 * @param files sorted by path; a link that leads nowhere is one
 * @param texts likewise
 */
record FileTree(List<Path> files, List<Path> texts) {
  private static final Set<String> LITTER =
      Set.of("@eadir", "__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin");

  private static final Set<String> TEXT =
      Set.of(
          "txt", "json", "jsonl", "csv", "tsv", "md", "rst", "yaml", "yml", "toml", "xml", "html",
          "log", "py", "sh", "ipynb");

  /**
   * Lists a folder.
   *
   * @throws UsageException if a part of it cannot be read
   */
  static FileTree of(Path folder) throws IOException {
    Listing listing = new Listing(folder);
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, listing);
    return new FileTree(
        listing.files.stream().sorted().toList(), listing.texts.stream().sorted().toList());
  }

  /** Whether a file or folder of that name holds no images of the user's. */
  static boolean isLitter(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".")
        || LITTER.contains(name.toLowerCase(Locale.ROOT))
        || WholeFile.isUnfinished(path);
  }

  private static boolean isText(Path path) {
    String name = path.getFileName().toString();
    return TEXT.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> files = new ArrayList<>();
    private final List<Path> texts = new ArrayList<>();

    private Listing(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isLitter(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!isLitter(file) && (attributes.isRegularFile() || attributes.isSymbolicLink())) {
        (isText(file) ? texts : files).add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (e instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE;
      }
      throw new UsageException("cannot read below " + root + ": " + e.getMessage(), e);
    }
  }
}
