package dev.vernier.harness.spark.task;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Vernier as it came with the jar that Spark was given, unpacked.
 *
 * @param jars its class path, in a fixed order
 */
public record Installation(List<Path> jars) {
  private static final String LIB = "lib/";

  /** Copies the list. */
  public Installation {
    jars = List.copyOf(jars);
  }

  /** The jar that this class comes from. */
  public static Path submitted() {
    try {
      return Path.of(
          Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Spark names the jar by no address", e);
    }
  }

  /** Unpacks that jar into a folder. */
  public static Installation in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve(LIB));
    try (ZipFile zip = new ZipFile(submitted().toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(each -> each.getName().startsWith(LIB) && !each.isDirectory())
              .toList();
      for (ZipEntry each : entries) {
        try (InputStream in = zip.getInputStream(each)) {
          // It may be there in part, where an earlier task was cut short.
          Files.copy(in, folder.resolve(each.getName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return new Installation(
          entries.stream().map(each -> folder.resolve(each.getName())).sorted().toList());
    }
  }

  /** As {@code java -cp} takes it. */
  String classPath() {
    return String.join(
        System.getProperty("path.separator"), jars.stream().map(Path::toString).toList());
  }
}
