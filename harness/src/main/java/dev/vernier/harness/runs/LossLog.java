package dev.vernier.harness.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.tensorboard.EventFile;
import dev.vernier.records.FullDisk;
import dev.vernier.records.ResultFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The losses of each step, one JSON object a line, and as TensorBoard's events where they are asked
 * for.
 */
final class LossLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path file;
  private final BufferedWriter writer;
  private final Optional<EventFile> events;

  private LossLog(Path file, BufferedWriter writer, Optional<EventFile> events) {
    this.file = file;
    this.writer = writer;
    this.events = events;
  }

  /**
   * Goes on after a step; lines of later steps, which will be taken again, are dropped.
   *
   * @param folder takes {@code log.jsonl}
   * @param curves folder that takes events; empty for none
   */
  static LossLog of(Path folder, long step, Optional<Path> curves) throws IOException {
    Path file = folder.resolve("log.jsonl");
    StringBuilder kept = new StringBuilder();
    if (step > 0 && Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (stepOf(line) <= step) {
          kept.append(line).append('\n');
        }
      }
    }
    ResultFiles.writeWhole(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    BufferedWriter writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    try {
      return new LossLog(
          file,
          writer,
          curves.isPresent() ? Optional.of(new EventFile(curves.get(), step)) : Optional.empty());
    } catch (IOException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /** The step of a line; a line cut off by a kill belongs to a step that is taken again. */
  private static long stepOf(String line) {
    try {
      return JSON.readTree(line).path("step").asLong(Long.MAX_VALUE);
    } catch (JsonProcessingException e) {
      return Long.MAX_VALUE;
    }
  }

  void write(long step, Map<String, Double> losses) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.putAll(losses);
    told(
        () -> {
          writer.write(JSON.writeValueAsString(line));
          writer.newLine();
        });
    if (events.isPresent()) {
      events.get().write(step, losses);
    }
  }

  void flush() throws IOException {
    told(writer::flush);
  }

  /** Says which file it is that cannot be written. */
  private void told(Writing writing) throws IOException {
    try {
      writing.run();
    } catch (IOException e) {
      throw FullDisk.explained(file, e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  @Override
  public void close() throws IOException {
    told(writer::close);
    if (events.isPresent()) {
      events.get().close();
    }
  }
}
