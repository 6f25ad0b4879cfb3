package dev.vernier.harness.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vernier.records.DamagedJson;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** What lies beside weights that a run has trained, and says what they are. */
final class WeightsJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REMEDY = "restore it, or train again";

  private WeightsJson() {}

  /**
   * Reads it.
   *
   * @param model what is to be named there, for messages
   * @param complete whether it names that, and its settings
   * @throws UsageException if the file is damaged or says too little
   */
  static <T> T read(Path file, Class<T> type, String model, Predicate<T> complete)
      throws IOException {
    try {
      T saved = JSON.readValue(file.toFile(), type);
      if (!complete.test(saved)) {
        throw new UsageException(file + " names no " + model + " and settings: " + REMEDY);
      }
      return saved;
    } catch (JsonProcessingException e) {
      throw DamagedJson.of(file, e, REMEDY);
    }
  }

  static void write(Path file, Object saved) throws IOException {
    ResultFiles.writeWhole(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(saved));
  }
}
