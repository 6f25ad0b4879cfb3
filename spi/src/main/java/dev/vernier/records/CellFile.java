package dev.vernier.records;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A record that stands beside the result of a cell, where the cell has one.
 *
 * @param <T> what it holds
 */
public final class CellFile<T> {
  /** Where codes lie. */
  public static final CellFile<CodeMap> CODE_MAP = new CellFile<>("code-map.json", CodeMap.class);

  /** How often codes occurred. */
  public static final CellFile<CodeFrequencies> CODES =
      new CellFile<>("code-frequencies.json", CodeFrequencies.class);

  /** What metrics say of each class. */
  public static final CellFile<ClassScores> CLASSES =
      new CellFile<>("classes.json", ClassScores.class);

  private final String name;
  private final Class<T> type;

  private CellFile(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  /**
   * Writes it.
   *
   * @param cell the folder of the cell
   */
  public void write(Path cell, T content) throws IOException {
    ResultFiles.writeJson(cell.resolve(name), content);
  }

  /**
   * Reads it; empty where the cell has none.
   *
   * @param cell the folder of the cell
   * @throws UsageException if the file is damaged or of a newer schema
   * @throws UnusableRecord if one of its numbers is none
   */
  public Optional<T> read(Path cell) throws IOException {
    Path file = cell.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(ResultFiles.read(file, type, this::refuseUnusable));
  }

  private void refuseUnusable(JsonNode record) throws UnusableRecord {
    Optional<String> unusable = UsableNumbers.unusable(record);
    if (unusable.isPresent()) {
      throw new UnusableRecord(name + " holds " + unusable.get());
    }
  }
}
