package dev.vernier.harness.hashing;

import dev.vernier.harness.files.FolderContent;
import dev.vernier.spi.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** SHA-256 of the code of classes: of jars, and of folders of classes. */
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

  /**
   * The hash in hexadecimal, over names and contents of files: the same whether they lie in folders
   * or are packed into jars, and whenever that was done.
   *
   * @param places jars and folders
   * @param wanted which of their files count, by the path in their place
   */
  public static String of(Collection<Path> places, Predicate<String> wanted) throws IOException {
    SortedSet<String> files = new TreeSet<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        addFolder(place, wanted, files);
      } else {
        addJar(place, wanted, files);
      }
    }
    ContentHash hash = new ContentHash();
    files.forEach(hash::add);
    return hash.hexadecimal();
  }

  private static void addFolder(Path folder, Predicate<String> wanted, Set<String> files)
      throws IOException {
    for (Map.Entry<Path, String> file : FolderContent.of(folder).files().entrySet()) {
      if (wanted.test(file.getValue())) {
        files.add(file.getValue() + " " + Sha256.ofFile(file.getKey()));
      }
    }
  }

  private static void addJar(Path jar, Predicate<String> wanted, Set<String> files)
      throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory() && wanted.test(entry.getName())) {
          try (InputStream in = zip.getInputStream(entry)) {
            files.add(entry.getName() + " " + Sha256.of(in));
          }
        }
      }
    }
  }
}
