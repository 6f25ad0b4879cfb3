package dev.vernier.harness.files;

import java.io.File;
import java.nio.file.Path;

/** How a file is called by the folder it lies in, on every system alike. */
public final class RelativeName {
  private RelativeName() {}

  /** The path of a file relative to a folder, its parts separated by slashes. */
  public static String of(Path folder, Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }
}
