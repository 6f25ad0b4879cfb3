package dev.vernier.harness.spark.task;

import dev.vernier.harness.files.FolderContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A file or a folder of the user's, packed to be sent. */
public final class Archive {
  private static final int FASTEST = 1;

  private Archive() {}

  /** The folder, relative to a worker's, into which an archive is unpacked. */
  public static String folder(int number) {
    return "shipped/" + number;
  }

  /**
   * Packs a file, or a folder with what is in it or linked there, under its own name: all of its
   * {@link FolderContent} but files that cannot be read, which a dataset passes over here, too.
   */
  public static void pack(Path source, Path archive) throws IOException {
    FolderContent content = FolderContent.of(source);
    String name = source.getFileName().toString();
    // Apart from the zip, which fails to close its file where the disk is full.
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      // Images and weights hardly get smaller.
      zip.setLevel(FASTEST);
      // A class without images is a class all the same.
      for (String each : content.folders()) {
        zip.putNextEntry(new ZipEntry(name + "/" + each + "/"));
      }
      for (Map.Entry<Path, String> each : content.files().entrySet()) {
        if (isReadable(each.getKey())) {
          String inside = each.getValue();
          zip.putNextEntry(new ZipEntry(inside.isEmpty() ? name : name + "/" + inside));
          Files.copy(each.getKey(), zip);
          zip.closeEntry();
        }
      }
    }
  }

  /** Whether all of it can be read: an entry that has begun cannot be taken back. */
  private static boolean isReadable(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Unpacks what {@link #pack} packed. */
  static void unpack(Path archive, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry each : zip.stream().toList()) {
        Path file = folder.resolve(each.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException(each.getName() + " would lie outside " + folder);
        }
        if (each.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(each)) {
          // It may be there in part, where an earlier task was cut short.
          Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
