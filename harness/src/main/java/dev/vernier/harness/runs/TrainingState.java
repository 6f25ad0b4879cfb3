package dev.vernier.harness.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.records.FullDisk;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.Resumable;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The checkpoints of one training: folders named after their step, each renamed into place when it
 * is whole, so that the newest one is always good.
 */
final class TrainingState {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "step-";

  /** A checkpoint that is being written. */
  private static final String NEXT = "next";

  private final Path folder;

  TrainingState(Path folder) {
    this.folder = folder;
  }

  /**
   * Where a training was.
   *
   * @param step steps done
   * @param seconds of training so far
   * @param losses what was seen of them; where a file does not say it, as of a training that begins
   *     with the next step
   */
  record Position(long step, double seconds, Divergence.Seen losses) {
    Position {
      losses = losses == null ? Divergence.Seen.from(step + 1) : losses;
    }
  }

  void save(Resumable training, Position position) throws IOException {
    Path beside = folder.resolve(NEXT);
    delete(beside);
    try {
      Files.createDirectories(beside);
      training.save(beside);
      ResultFiles.writeWhole(beside.resolve("position.json"), JSON.writeValueAsBytes(position));
    } catch (IOException e) {
      // The room that it takes is needed.
      delete(beside);
      throw FullDisk.explained(beside, e);
    }
    Path target = folder.resolve(String.format(Locale.ROOT, PREFIX + "%09d", position.step()));
    delete(target);
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    for (Path older : checkpoints()) {
      if (!older.equals(target)) {
        delete(older);
      }
    }
  }

  /** Restores the newest checkpoint; the start where there is none. */
  Position restore(Resumable training) throws IOException {
    List<Path> checkpoints = checkpoints();
    if (checkpoints.isEmpty()) {
      return new Position(0, 0, null);
    }
    Path newest = checkpoints.get(checkpoints.size() - 1);
    training.restore(newest);
    try {
      return JSON.readValue(newest.resolve("position.json").toFile(), Position.class);
    } catch (JsonProcessingException e) {
      throw new UsageException(newest + " is damaged: delete it and run again with --resume", e);
    }
  }

  private List<Path> checkpoints() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(each -> each.getFileName().toString().startsWith(PREFIX))
          .sorted()
          .toList();
    }
  }

  void clear() throws IOException {
    for (Path checkpoint : checkpoints()) {
      delete(checkpoint);
    }
    delete(folder.resolve(NEXT));
  }

  /** Deletes a folder or file, and all inside. */
  static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
