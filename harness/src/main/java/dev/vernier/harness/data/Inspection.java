package dev.vernier.harness.data;

import dev.vernier.harness.decoding.ImageDecoder;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What each file of a dataset folder holds: the hash of its bytes, and whether they are an image.
 * Finding out means decoding every file, so what was found is kept in a cache folder and holds
 * while a file's size and time of change stay the same.
 */
final class Inspection {
  private static final String SEPARATOR = "\t";
  private static final int COLUMNS = 5;
  private static final int NAMED = 3;
  private static final double LARGEST_BAD_SHARE = 0.01;
  private final Map<String, Finding> findings;

  private Inspection(Map<String, Finding> findings) {
    this.findings = findings;
  }

  /**
   * Looks at all files.
   *
   * @throws UsageException if more than one in a hundred is no usable image
   */
  static Inspection of(Path root, List<SourceFile> files, Path cache) throws IOException {
    String key = new ContentHash().add(root.toAbsolutePath().toString()).hexadecimal();
    Path store = cache.resolve("folders").resolve(key + ".tsv");
    Map<String, Finding> known = read(store);
    Map<String, Finding> now =
        files.parallelStream()
            .collect(Collectors.toMap(SourceFile::id, file -> look(file, known.get(file.id()))));
    if (!now.equals(known)) {
      write(store, now);
    }
    Inspection inspection = new Inspection(now);
    inspection.refuseIfTooBad(root, files);
    return inspection;
  }

  private static Finding look(SourceFile file, Finding known) {
    try {
      long size = Files.size(file.path());
      long time = Files.getLastModifiedTime(file.path()).toMillis();
      if (known != null && known.size() == size && known.time() == time) {
        return known;
      }
      byte[] bytes = Files.readAllBytes(file.path());
      String problem = "";
      try {
        ImageDecoder.decode(bytes);
      } catch (IOException e) {
        problem = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      }
      return new Finding(size, time, new ContentHash().add(bytes).hexadecimal(), problem);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
              + " are no usable images, more than 1%: "
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

  private static Map<String, Finding> read(Path store) throws IOException {
    Map<String, Finding> known = new HashMap<>();
    if (Files.exists(store)) {
      for (String line : Files.readAllLines(store, StandardCharsets.UTF_8)) {
        Finding.parse(line).ifPresent(each -> known.put(each.getKey(), each.getValue()));
      }
    }
    return known;
  }

  private static void write(Path store, Map<String, Finding> findings) throws IOException {
    String text =
        findings.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getValue().line(each.getKey()) + "\n")
            .collect(Collectors.joining());
    ResultFiles.writeWhole(store, text.getBytes(StandardCharsets.UTF_8));
  }

  private record Finding(long size, long time, String hash, String problem) {
    String line(String id) {
      return String.join(SEPARATOR, String.valueOf(size), String.valueOf(time), hash, problem, id);
    }

    static Optional<Map.Entry<String, Finding>> parse(String line) {
      String[] part = line.split(SEPARATOR, COLUMNS);
      try {
        return part.length < COLUMNS
            ? Optional.empty()
            : Optional.of(
                Map.entry(
                    part[4],
                    new Finding(
                        Long.parseLong(part[0]), Long.parseLong(part[1]), part[2], part[3])));
      } catch (NumberFormatException e) {
        // A damaged line costs one more look at a file.
        return Optional.empty();
      }
    }
  }
}
