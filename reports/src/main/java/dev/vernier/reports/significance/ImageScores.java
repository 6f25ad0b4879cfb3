package dev.vernier.reports.significance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The score of each image in the files of cells. A table compares many rows by many metrics, so
 * each file is read once, and cells of the same images share their names.
 */
final class ImageScores {
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
    ScoredImages images = ScoredImages.read(file);
    names = images.names().equals(names) ? names : images.names();
    Map<String, OverImages> columns = new LinkedHashMap<>();
    images.scores().forEach((key, values) -> columns.put(key, OverImages.of(names, values)));
    return columns;
  }
}
