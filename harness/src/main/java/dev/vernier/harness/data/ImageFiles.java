package dev.vernier.harness.data;

import dev.vernier.harness.decoding.ImageDecoder;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All pictures below a folder, by relative name in order. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * Decodes every file; names that begin with a dot are passed over.
   *
   * @throws UsageException if there is none, or one is no image
   */
  public static Map<String, RgbImage> read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
    }
    if (files.isEmpty()) {
      throw new UsageException(folder + " holds no files: name a folder of images");
    }
    List<RgbImage> images = files.parallelStream().map(ImageFiles::decode).toList();
    Map<String, RgbImage> named = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      named.put(folder.relativize(files.get(i)).toString().replace('\\', '/'), images.get(i));
    }
    return named;
  }

  private static RgbImage decode(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return ImageDecoder.decode(bytes);
    } catch (IOException e) {
      throw new UsageException(
          file + " is no usable image (" + e.getMessage() + "): replace or remove it", e);
    }
  }
}
