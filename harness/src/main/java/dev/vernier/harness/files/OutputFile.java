package dev.vernier.harness.files;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a user names for something to be written to: a new one, or one that the same option
 * wrote before, which is replaced. Nothing else is written over.
 *
 * @param path need not exist, nor its folder
 * @param named how the user named it, such as {@code --junit}
 */
public record OutputFile(Path path, String named) {
  /** Tells whether a file is what an option writes. */
  @FunctionalInterface
  public interface Kind {
    /**
     * Looks into a file.
     *
     * @param file is there
     */
    boolean isOf(Path file) throws IOException;
  }

  /**
   * Looks whether it can be a file; writes nothing.
   *
   * @throws UsageException if it is a folder, or would lie in a file
   */
  public void refuseFolder() {
    if (Files.isDirectory(path)) {
      throw new UsageException(path + " is a folder: name a file as " + named);
    }
    if (path.getParent() != null) {
      new OutputFolder(path.getParent(), named).refuseFile();
    }
  }

  /**
   * Looks whether it may be written; writes nothing.
   *
   * @param own what may be replaced
   * @throws UsageException if it is a folder, or anything that is not of that kind
   */
  public void refuseOthers(Kind own) throws IOException {
    refuseFolder();
    if (Files.exists(path) && !own.isOf(path)) {
      throw new UsageException(path + " is there already: remove it, or choose another " + named);
    }
  }

  /**
   * Looks whether each is a file of its own; writes nothing.
   *
   * @throws UsageException if two of them are one
   */
  public static void refuseSame(List<OutputFile> files) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      for (OutputFile before : files.subList(0, i)) {
        if (files.get(i).place().equals(before.place())) {
          throw new UsageException(
              "%s is %s, too: choose another %s"
                  .formatted(files.get(i).path, before.named, files.get(i).named));
        }
      }
    }
  }

  /** Makes the folder that it goes into, where there is none. */
  public void makeFolder() throws IOException {
    Files.createDirectories(folder());
  }

  private Path folder() {
    return path.toAbsolutePath().getParent();
  }

  /** Where it lies, whatever links lead there. */
  private Path place() throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    Path folder = Files.isDirectory(folder()) ? folder().toRealPath() : folder().normalize();
    return folder.resolve(path.getFileName());
  }
}
