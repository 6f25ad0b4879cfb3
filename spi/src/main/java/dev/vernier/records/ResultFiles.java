package dev.vernier.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vernier.records.Finding.Check;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes the records of a run folder. Files appear whole, see {@link WholeFile}. */
public final class ResultFiles {
  /** The version of the records that this code writes; it reads this one and older ones. */
  public static final int SCHEMA_VERSION = 1;

  private static final String REMEDY = "restore it, or delete it and run again with --resume";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private ResultFiles() {}

  /** {@code run.json} in a run folder. */
  public static Path runFile(Path run) {
    return run.resolve("run.json");
  }

  /** The folder of a cell. */
  public static Path cellFolder(Path run, String id) {
    return run.resolve("cells").resolve(id);
  }

  /** {@code result.json} of a cell. */
  public static Path cellFile(Path run, String id) {
    return cellFolder(run, id).resolve("result.json");
  }

  /** Writes {@code run.json}. */
  public static void write(Path run, RunRecord record) throws IOException {
    writeJson(runFile(run), record);
  }

  /** Writes {@code result.json} of a cell. */
  public static void write(Path run, Cell cell) throws IOException {
    writeJson(cellFile(run, cell.id()), cell);
  }

  /**
   * Reads a run with all cells that have a result.
   *
   * @throws UsageException if the folder holds no run, or a file of it is damaged or of a newer
   *     schema
   */
  public static Run read(Path run) throws IOException {
    RunRecord record = readRecord(run);
    List<Cell> cells = new ArrayList<>();
    for (String id : record.cells()) {
      if (Files.exists(cellFile(run, id))) {
        cells.add(readCell(run, id));
      }
    }
    return new Run(run, record, cells);
  }

  /**
   * Reads the record of a run without any of its cells, for whoever can repair a damaged one.
   *
   * @throws UsageException if the folder holds no run, or its record is damaged or of a newer
   *     schema
   */
  public static RunRecord readRecord(Path run) throws IOException {
    RunRecord record = read(runFile(run), RunRecord.class, tree -> {});
    if (record.findings().stream()
        .flatMap(each -> each.checks().stream())
        .anyMatch(Check::isPartial)) {
      throw new UsageException(
          runFile(run) + " is damaged (a check of a finding lacks what it compares): " + REMEDY);
    }
    return record;
  }

  /**
   * Reads the result of one cell. What is not a finite number is left out, and {@link Cell#missing}
   * says why.
   *
   * @throws UsageException if the file is missing, damaged or of a newer schema
   */
  public static Cell readCell(Path run, String id) throws IOException {
    return read(cellFile(run, id), Cell.class, UsableNumbers::keepIn);
  }

  /**
   * Writes the replicates of a metric.
   *
   * @param cell the folder of the cell
   */
  public static void write(Path cell, String metric, Replicates replicates) throws IOException {
    writeJson(replicatesFile(cell, metric), replicates);
  }

  /**
   * Reads the replicates of a metric; empty where it was not resampled, or one of them is no finite
   * number.
   *
   * @param cell the folder of the cell
   * @throws UsageException if the file is damaged or of a newer schema
   */
  public static Optional<Replicates> readReplicates(Path cell, String metric) throws IOException {
    Path file = replicatesFile(cell, metric);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Replicates replicates = read(file, Replicates.class, UsableNumbers::keepInReplicates);
    return Optional.of(replicates).filter(each -> !each.values().isEmpty());
  }

  private static Path replicatesFile(Path cell, String metric) {
    return cell.resolve(metric + "-replicates.json");
  }

  /** Writes a record. */
  static void writeJson(Path file, Object content) throws IOException {
    writeWhole(file, JSON.writeValueAsBytes(content));
  }

  /** Writes a file so that it is never seen half-written; makes its folder where there is none. */
  public static void writeWhole(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FullDisk.explained(folder, e);
    }
    WholeFile.write(file, content.length, beside -> Files.write(beside, content));
  }

  /** What looks at the JSON of a record before it is taken for one, and may change it. */
  @FunctionalInterface
  interface Look {
    void at(JsonNode record) throws UnusableRecord;
  }

  /** Reads a record, with errors as {@link #read(Path)} has them. */
  static <T> T read(Path file, Class<T> type, Look look) throws IOException {
    try {
      JsonNode tree = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
      int version = tree.path("schemaVersion").asInt(-1);
      if (version > SCHEMA_VERSION) {
        throw new UsageException(
            file
                + " has schema version "
                + version
                + ", this Vernier reads up to "
                + SCHEMA_VERSION
                + ": use a newer Vernier");
      }
      if (version < 1) {
        throw new UsageException(
            file + " has no schema version: it is not a record of Vernier, or damaged");
      }
      look.at(tree);
      return JSON.treeToValue(tree, type);
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no " + file + ": name the folder of a run", e);
    } catch (CharacterCodingException e) {
      throw new UsageException(file + " is damaged (no text of UTF-8): " + REMEDY, e);
    } catch (JsonProcessingException e) {
      throw DamagedJson.of(file, e, REMEDY);
    }
  }
}
