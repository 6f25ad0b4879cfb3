package dev.vernier.harness.data;

import dev.vernier.harness.files.RelativeName;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** All pictures below a folder, by relative name in order. Each is read when it is asked for. */
public final class ImageFiles extends AbstractList<RgbImage> implements RandomAccess {
  private final List<Path> files;
  private final List<String> names;
  private final List<String> texts;

  private ImageFiles(Path folder, FileTree tree) {
    this.files = tree.files();
    this.names = tree.files().stream().map(file -> RelativeName.of(folder, file)).toList();
    this.texts = tree.texts().stream().map(file -> RelativeName.of(folder, file)).toList();
  }

  /**
   * Lists a folder as {@link FileTree} has it.
   *
   * @throws UsageException if there are no files, or a link leads nowhere
   */
  public static ImageFiles of(Path folder) throws IOException {
    FileTree tree = FileTree.of(folder);
    if (tree.files().isEmpty()) {
      throw new UsageException(folder + " holds no files: name a folder of images");
    }
    for (Path file : tree.files()) {
      if (!Files.exists(file)) {
        throw unusable(file, new StoredImage(file).absence());
      }
    }
    return new ImageFiles(folder, tree);
  }

  /** The names of the pictures. */
  public List<String> names() {
    return names;
  }

  /** The names of files beside them that are text. */
  public List<String> texts() {
    return texts;
  }

  /**
   * Reads a picture.
   *
   * @throws UsageException if the file is none
   */
  @Override
  public RgbImage get(int index) {
    Path file = files.get(index);
    try {
      return new StoredImage(file).decode();
    } catch (UnusableImageException e) {
      throw unusable(file, e);
    }
  }

  private static UsageException unusable(Path file, UnusableImageException e) {
    return new UsageException(
        file + " is not a usable image (" + e.getMessage() + "): replace or remove it", e);
  }

  @Override
  public int size() {
    return files.size();
  }
}
