package dev.vernier.harness.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The losses of each step, one JSON object a line. */
final class LossLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path file;
  private final BufferedWriter writer;

  /** Goes on after a step; lines of later steps, which will be taken again, are dropped. */
  LossLog(Path file, long step) throws IOException {
    StringBuilder kept = new StringBuilder();
    if (step > 0 && Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (stepOf(line) <= step) {
          kept.append(line).append('\n');
        }
      }
    }
    ResultFiles.writeWhole(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    this.file = file;
    this.writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
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
  }

  void flush() throws IOException {
    told(writer::flush);
  }

  /** Says which file it is that has no room. */
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
  }
}
