package dev.vernier.tests.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a model computed on one executor.
 *
 * @param tokens the same on every executor; empty where there are none
 * @param arrays by name, nearly the same
 * @param losses by name, nearly the same
 */
record ModelNumbers(List<Integer> tokens, Map<String, float[]> arrays, Map<String, Double> losses) {
  private static final String FILE = "numbers.json";

  /** What a net said that is not trained. */
  static ModelNumbers of(Map<String, float[]> arrays) {
    return new ModelNumbers(List.of(), arrays, Map.of());
  }

  /** Writes them into a folder, which need not be there. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    new ObjectMapper().writeValue(folder.resolve(FILE).toFile(), this);
  }

  static ModelNumbers read(Path folder) throws IOException {
    return new ObjectMapper().readValue(folder.resolve(FILE).toFile(), ModelNumbers.class);
  }
}
