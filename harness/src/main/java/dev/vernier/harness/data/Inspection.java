package dev.vernier.harness.data;

import dev.vernier.harness.decoding.ImageDecoder;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.images.UnusableImageException;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What each file of a dataset folder holds: the hash of its bytes, and whether they are an image.
 * All bytes are read every time, since neither names nor sizes nor times tell whether a file is
 * still the same. What bytes were found to be is kept in a cache folder by their hash, so that they
 * are decoded once.
 */
final class Inspection {
  private static final String SEPARATOR = "\t";

  /** Under another name once other files are read. */
  private static final String STORES = "images-3";

  private static final int NAMED = 3;
  private static final double LARGEST_BAD_SHARE = 0.01;
  private final Map<String, Finding> findings;

  private Inspection(Map<String, Finding> findings) {
    this.findings = findings;
  }

  /**
   * What a file holds.
   *
   * @param hash of its bytes; empty where they cannot be read
   * @param problem why they are no image; empty where they are
   */
  private record Finding(String hash, String problem) {}

  /**
   * Looks at all files.
   *
   * @throws UsageException if more than one in a hundred is not a usable image
   */
  static Inspection of(Path root, List<SourceFile> files, Path cache) throws IOException {
    String key = new ContentHash().add(root.toAbsolutePath().toString()).hexadecimal();
    Path store = cache.resolve(STORES).resolve(key + ".tsv");
    Map<String, String> known = read(store);
    Map<String, Finding> findings =
        files.parallelStream().collect(Collectors.toMap(SourceFile::id, file -> look(file, known)));
    Map<String, String> problems = new HashMap<>();
    findings.values().forEach(each -> problems.put(each.hash(), each.problem()));
    problems.remove("");
    if (!problems.equals(known)) {
      try {
        write(store, problems);
      } catch (IOException e) {
        // A cache that takes nothing costs another look at the files, and nobody a dataset.
      }
    }
    Inspection inspection = new Inspection(findings);
    inspection.refuseIfTooBad(root, files);
    return inspection;
  }

  private static Finding look(SourceFile file, Map<String, String> known) {
    byte[] bytes;
    try {
      bytes = new StoredImage(file.path()).bytes();
    } catch (UnusableImageException e) {
      return new Finding("", e.getMessage());
    }
    String hash = new ContentHash().add(bytes).hexadecimal();
    String problem = known.get(hash);
    return new Finding(hash, problem == null ? problem(bytes) : problem);
  }

  private static String problem(byte[] bytes) {
    try {
      ImageDecoder.decode(bytes);
      return "";
    } catch (UnusableImageException e) {
      return e.getMessage().replaceAll("\\s+", " ");
    }
  }

  private void refuseIfTooBad(Path root, List<SourceFile> files) {
    List<String> bad = skipped(files);
    if (bad.size() > LARGEST_BAD_SHARE * files.size()) {
      throw new UsageException(
          bad.size()
              + " of "
              + files.size()
              + " files in "
              + root
              + " are not usable images, more than 1%: "
              + String.join(", ", bad.subList(0, Math.min(NAMED, bad.size())))
              + "; remove or replace them");
    }
  }

  /** The lines that name what cannot be used. */
  List<String> skipped(List<SourceFile> files) {
    return files.stream()
        .map(SourceFile::id)
        .filter(id -> !findings.get(id).problem().isEmpty())
        .map(id -> id + " (" + findings.get(id).problem() + ")")
        .toList();
  }

  /** The files that can be used. */
  List<SourceFile> usable(List<SourceFile> files) {
    return files.stream().filter(file -> findings.get(file.id()).problem().isEmpty()).toList();
  }

  /** The hash of a file's bytes. */
  String hash(SourceFile file) {
    return findings.get(file.id()).hash();
  }

  /** Problems by hash. */
  private static Map<String, String> read(Path store) throws IOException {
    Map<String, String> known = new HashMap<>();
    if (Files.exists(store)) {
      // Damage costs one more look at a file.
      String text = new String(Files.readAllBytes(store), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String[] part = line.split(SEPARATOR, 2);
        if (part.length == 2) {
          known.put(part[0], part[1]);
        }
      }
    }
    return known;
  }

  private static void write(Path store, Map<String, String> problems) throws IOException {
    String text =
        problems.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + SEPARATOR + each.getValue() + "\n")
            .collect(Collectors.joining());
    ResultFiles.writeWhole(store, text.getBytes(StandardCharsets.UTF_8));
  }
}
