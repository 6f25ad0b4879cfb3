package dev.vernier.harness.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.runs.CellRunner;
import dev.vernier.harness.runs.CellRunner.SavedGenerator;
import dev.vernier.records.DamagedJson;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which generator some weights belong to, and its settings. */
final class SavedGenerators {
  /** How keys of its settings begin. */
  static final String PREFIX = RunPlan.GENERATOR;

  private SavedGenerators() {}

  /**
   * What the weights are.
   *
   * @param weights a folder that training wrote, or a file
   * @param name of the generator the user named, or null
   * @param given the user's settings, of which those of the generator say what a file does not
   * @throws UsageException if they belong to another one, or say nothing and the user named none
   */
  static SavedGenerator describe(Path weights, String name, Map<String, String> given)
      throws IOException {
    Path file = weights.resolve(CellRunner.GENERATOR_FILE);
    if (Files.isRegularFile(file)) {
      SavedGenerator saved = read(file);
      if (name != null && !name.equals(saved.generator())) {
        throw new UsageException(
            weights
                + " belongs to "
                + saved.generator()
                + ", not to "
                + name
                + ": leave --generator out");
      }
      return saved;
    }
    if (name == null) {
      throw new UsageException(
          weights + " does not say which generator it belongs to: name it with --generator");
    }
    Map<String, String> own = new LinkedHashMap<>();
    given.forEach(
        (key, text) -> {
          if (key.startsWith(PREFIX)) {
            own.put(key.substring(PREFIX.length()), text);
          }
        });
    return new SavedGenerator(name, own);
  }

  private static SavedGenerator read(Path file) throws IOException {
    String remedy = "get it again, or train again";
    try {
      SavedGenerator saved = new ObjectMapper().readValue(file.toFile(), SavedGenerator.class);
      if (saved.generator() == null || saved.settings() == null) {
        throw new UsageException(file + " names no generator and settings: " + remedy);
      }
      return saved;
    } catch (JsonProcessingException e) {
      throw DamagedJson.of(file, e, remedy);
    }
  }
}
