package dev.vernier.harness.files;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** A file or folder that cannot be used as it has to be: it is gone, or there is no right to it. */
public final class UnusableFile {
  private UnusableFile() {}

  /** What is said of it, in a line. */
  public static String told(FileSystemException error) {
    return "cannot use " + error.getFile() + " (" + reason(error) + "): check the path";
  }

  private static String reason(FileSystemException error) {
    if (error.getReason() != null) {
      return error.getReason();
    }
    if (error instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof FileAlreadyExistsException) {
      return "it is there already";
    }
    if (error instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (error instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    return "the system does not say why";
  }
}
