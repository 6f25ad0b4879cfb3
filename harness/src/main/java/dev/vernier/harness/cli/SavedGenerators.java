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
import java.util.Map;

/** Which generator some weights belong to, and its settings. */
final class SavedGenerators {
  private SavedGenerators() {}

  /**
   * What the weights are.
   *
   * @param weights a folder that training wrote, or a file
   * @param name of the generator the user named, or null
   * @param given the user's settings of the generator, which say what a file does not
   * @throws UsageException if they belong to another one or say their settings themselves, or say
   *     nothing and the user named none
   */
  static SavedGenerator describe(Path weights, String name, Map<String, String> given)
      throws IOException {
    refuseParts(weights);
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
      if (!given.isEmpty()) {
        throw new UsageException(
            weights
                + " says its settings itself: leave out "
                + RunPlan.GENERATOR
                + given.keySet().iterator().next());
      }
      return saved;
    }
    if (name == null) {
      throw new UsageException(
          weights + " does not say which generator it belongs to: name it with --generator");
    }
    return new SavedGenerator(name, given);
  }

  private static void refuseParts(Path weights) {
    if (Files.exists(weights.resolve("cell.json"))) {
      throw new UsageException(weights + " is the cell of a run: use --cell " + weights);
    }
    Path folder = weights.toAbsolutePath().getParent();
    boolean part = Files.isRegularFile(weights) && folder != null;
    if (part && Files.exists(folder.resolve(CellRunner.GENERATOR_FILE))) {
      throw new UsageException(
          weights + " is one of the files that a training wrote: use --weights " + folder);
    }
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
