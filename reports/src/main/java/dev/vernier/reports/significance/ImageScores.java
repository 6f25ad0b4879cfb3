package dev.vernier.reports.significance;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The score of each image in the files of cells. A table compares many rows by many metrics, so
 * each file is read once, and cells of the same images share their names.
 */
final class ImageScores {
  private static final String IMAGE = "image";

  private final Map<Path, Map<String, OverImages>> files = new LinkedHashMap<>();
  private List<String> names = List.of();

  /**
   * How a number depends on the images of a file.
   *
   * @param key of the metric
   * @return empty where the file is not there, or has no such scores
   */
  Optional<OverImages> of(Path file, String key) throws IOException {
    Map<String, OverImages> scores = files.get(file);
    if (scores == null) {
      scores = Files.exists(file) ? read(file) : Map.of();
      files.put(file, scores);
    }
    return Optional.ofNullable(scores.get(key));
  }

  private Map<String, OverImages> read(Path file) throws IOException {
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<Map<String, String>> lines =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(header)
            .readValues(Files.readString(file, StandardCharsets.UTF_8))) {
      List<Map<String, String>> sorted = new ArrayList<>(lines.readAll());
      sorted.sort(Comparator.comparing(line -> line.get(IMAGE)));
      return columns(sorted);
    }
  }

  private Map<String, OverImages> columns(List<Map<String, String>> lines) {
    Map<String, OverImages> columns = new LinkedHashMap<>();
    if (lines.isEmpty()) {
      return columns;
    }
    List<String> own = lines.stream().map(line -> line.get(IMAGE)).toList();
    names = own.equals(names) ? names : own;
    for (String key : lines.get(0).keySet()) {
      if (!key.equals(IMAGE)) {
        double[] values =
            lines.stream().mapToDouble(line -> Double.parseDouble(line.get(key))).toArray();
        columns.put(key, OverImages.of(names, values));
      }
    }
    return columns;
  }
}
