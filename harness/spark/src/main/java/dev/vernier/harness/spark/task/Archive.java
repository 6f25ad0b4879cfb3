package dev.vernier.harness.spark.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
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

  /** Packs a file, or a folder with all that is in it or linked there, under its own name. */
  public static void pack(Path source, Path archive) throws IOException {
    // Apart from the zip, which fails to close its file where the disk is full.
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> below = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
      // Images and weights hardly get smaller.
      zip.setLevel(FASTEST);
      List<Path> files = below.filter(Files::isRegularFile).sorted().toList();
      for (Path each : files) {
        zip.putNextEntry(
            new ZipEntry(source.getParent().relativize(each).toString().replace('\\', '/')));
        Files.copy(each, zip);
        zip.closeEntry();
      }
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
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(each)) {
          // It may be there in part, where an earlier task was cut short.
          Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
