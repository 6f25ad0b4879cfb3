package dev.vernier.harness.hashing;

import dev.vernier.spi.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** SHA-256 of the code that a class comes from: its jar, or the folder of classes it lies in. */
public final class CodeHash {
  private CodeHash() {}

  /** Where the code of a class lies; empty for classes of the JDK. */
  public static Optional<Path> place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class loader names its code by no address", e);
    }
  }

  /** The hash in hexadecimal; of a folder, over names and contents of all files below it. */
  public static String of(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return Sha256.ofFile(place);
    }
    ContentHash hash = new ContentHash();
    try (Stream<Path> below = Files.walk(place)) {
      List<Path> files = below.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        hash.add(place.relativize(file).toString()).add(Sha256.ofFile(file));
      }
    }
    return hash.hexadecimal();
  }
}
