package dev.vernier.reports.significance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of single images, as {@code images.csv} in the folder of a cell has them.
 *
 * @param names of the images, sorted
 * @param scores by key of the metric, one an image; none where there are no images
 */
public record ScoredImages(List<String> names, Map<String, double[]> scores) {
  private static final String IMAGE = "image";

  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS).build();

  /**
   * Reads a file.
   *
   * @throws UsageException if it is damaged
   */
  public static ScoredImages read(Path file) throws IOException {
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<Map<String, String>> lines =
        CSV.readerForMapOf(String.class)
            .with(header)
            .readValues(Files.readString(file, StandardCharsets.UTF_8))) {
      List<Map<String, String>> sorted = new ArrayList<>(lines.readAll());
      if (sorted.stream().anyMatch(line -> !line.containsKey(IMAGE))) {
        throw damaged(file, null);
      }
      sorted.sort(Comparator.comparing(line -> line.get(IMAGE)));
      return of(sorted);
    } catch (JsonProcessingException | CharacterCodingException | NumberFormatException e) {
      throw damaged(file, e);
    }
  }

  private static UsageException damaged(Path file, Exception cause) {
    return new UsageException(
        file + " is damaged: restore it, or delete its cell's folder and run again with --resume",
        cause);
  }

  private static ScoredImages of(List<Map<String, String>> lines) {
    List<String> names = lines.stream().map(line -> line.get(IMAGE)).toList();
    Map<String, double[]> scores = new LinkedHashMap<>();
    if (!lines.isEmpty()) {
      for (String key : lines.get(0).keySet()) {
        if (!key.equals(IMAGE)) {
          scores.put(
              key, lines.stream().mapToDouble(line -> Double.parseDouble(line.get(key))).toArray());
        }
      }
    }
    return new ScoredImages(names, scores);
  }
}
