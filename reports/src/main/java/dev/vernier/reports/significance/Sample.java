package dev.vernier.reports.significance;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.vernier.records.Cell;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The numbers of a row that a metric's mean over some seeds comes from. */
final class Sample {
  private static final String IMAGE = "image";
  private final Row row;
  private final String key;
  private final List<Cell> cells;
  private final CellFolders folders;

  Sample(Row row, String key, Set<Long> seeds, CellFolders folders) {
    this.row = row;
    this.key = key;
    this.cells = row.cells().stream().filter(cell -> seeds.contains(cell.seed())).toList();
    this.folders = folders;
  }

  /** The replicates of the difference; empty where the two were not drawn alike. */
  Optional<double[]> replicatesMinus(Sample other) throws IOException {
    Optional<Replicates> here = replicates();
    Optional<Replicates> there = other.replicates();
    if (here.isEmpty() || there.isEmpty() || !here.get().pairsWith(there.get())) {
      return Optional.empty();
    }
    List<Double> subtrahends = there.get().values();
    return Optional.of(
        IntStream.range(0, subtrahends.size())
            .mapToDouble(r -> here.get().values().get(r) - subtrahends.get(r))
            .toArray());
  }

  /** The replicates less a number. */
  Optional<double[]> replicatesMinus(double number) throws IOException {
    return replicates()
        .map(each -> each.values().stream().mapToDouble(value -> value - number).toArray());
  }

  /** The difference of each image; empty where the images are not the same. */
  Optional<double[]> imagesMinus(Sample other) throws IOException {
    Map<String, Double> here = images();
    Map<String, Double> there = other.images();
    return enough(here) && here.keySet().equals(there.keySet())
        ? Optional.of(
            here.keySet().stream().mapToDouble(each -> here.get(each) - there.get(each)).toArray())
        : Optional.empty();
  }

  /** The score of each image less a number. */
  Optional<double[]> imagesMinus(double number) throws IOException {
    Map<String, Double> here = images();
    return enough(here)
        ? Optional.of(here.values().stream().mapToDouble(score -> score - number).toArray())
        : Optional.empty();
  }

  private static boolean enough(Map<String, Double> scores) {
    return scores.size() > 1;
  }

  /** The replicates, each averaged over the seeds; empty where a seed has none like the others'. */
  private Optional<Replicates> replicates() throws IOException {
    List<Replicates> all = new ArrayList<>();
    for (Cell cell : cells) {
      ResultFiles.readReplicates(folders.of(row, cell), key)
          .filter(each -> each.values().size() > 1)
          .filter(each -> each.protocol().equals(cell.metrics().get(key).protocol()))
          .ifPresent(all::add);
    }
    if (all.size() < cells.size() || !all.stream().allMatch(all.get(0)::pairsWith)) {
      return Optional.empty();
    }
    Replicates first = all.get(0);
    List<Double> means =
        IntStream.range(0, first.values().size())
            .mapToObj(r -> all.stream().mapToDouble(each -> each.values().get(r)).sum())
            .map(sum -> sum / all.size())
            .toList();
    return Optional.of(
        new Replicates(
            first.schemaVersion(), first.protocol(), first.samples(), first.seed(), means));
  }

  /** The score of each image, averaged over the seeds; empty where images have none. */
  private Map<String, Double> images() throws IOException {
    Map<String, Double> means = new LinkedHashMap<>();
    for (Cell cell : cells) {
      Map<String, Double> scores = scores(folders.of(row, cell).resolve("images.csv"));
      boolean same = means.isEmpty() || means.keySet().equals(scores.keySet());
      if (scores.isEmpty() || !same) {
        return Map.of();
      }
      scores.forEach((image, score) -> means.merge(image, score / cells.size(), Double::sum));
    }
    return means;
  }

  private Map<String, Double> scores(Path file) throws IOException {
    Map<String, Double> scores = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return scores;
    }
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<Map<String, String>> lines =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(header)
            .readValues(Files.readString(file, StandardCharsets.UTF_8))) {
      while (lines.hasNext()) {
        Map<String, String> line = lines.next();
        if (line.containsKey(key)) {
          scores.put(line.get(IMAGE), Double.valueOf(line.get(key)));
        }
      }
    }
    return scores;
  }
}
