package dev.vernier.reports.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vernier.reports.charts.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The losses of a training by their names, each step's. */
final class TrainingLog {
  /** Points of a curve, each the mean over so many steps as it takes. */
  private static final int POINTS = 64;

  private static final String STEP = "step";
  private static final ObjectReader JSON = new JsonMapper().reader();

  private final Map<String, List<Line.Point>> losses = new LinkedHashMap<>();

  private TrainingLog() {}

  /**
   * Reads {@code log.jsonl} of a cell, up to the first line that is no JSON: a training that was
   * killed may have left half a line. Losses that are no finite numbers are left out.
   *
   * @param cell the folder of the cell
   */
  static TrainingLog read(Path cell) throws IOException {
    TrainingLog log = new TrainingLog();
    Path file = cell.resolve("log.jsonl");
    if (Files.exists(file)) {
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          log.add(JSON.readTree(line));
        }
      } catch (JsonProcessingException | CharacterCodingException e) {
        return log;
      }
    }
    return log;
  }

  private void add(JsonNode line) {
    double step = line.path(STEP).asDouble();
    line.properties()
        .forEach(
            each -> {
              double loss = each.getValue().asDouble(Double.NaN);
              if (!each.getKey().equals(STEP) && Double.isFinite(loss)) {
                losses
                    .computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                    .add(Line.Point.of(step, loss));
              }
            });
  }

  /** The names of the losses, in the order of the file. */
  Set<String> names() {
    return losses.keySet();
  }

  /** The means of a loss over equally many steps each, at the last of them. */
  List<Line.Point> means(String name) {
    List<Line.Point> all = losses.getOrDefault(name, List.of());
    int width = width(all.size());
    return IntStream.iterate(0, first -> first + width <= all.size(), first -> first + width)
        .mapToObj(first -> all.subList(first, first + width))
        .map(
            window ->
                Line.Point.of(
                    window.get(window.size() - 1).x(),
                    window.stream().mapToDouble(Line.Point::y).average().orElseThrow()))
        .toList();
  }

  /** How many steps a mean is over, of so many. */
  static int width(int steps) {
    return Math.max(1, (steps + POINTS - 1) / POINTS);
  }

  /** How many steps there are. */
  int steps() {
    return losses.values().stream().mapToInt(List::size).max().orElse(0);
  }
}
