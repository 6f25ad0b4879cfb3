package dev.vernier.harness.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The steps that TensorBoard would show of each cell; none has 128 or more. */
record Curves(Path folder) {
  /** Lengths, a checksum, the time of an event, and the keys of time and step. */
  private static final int BEFORE_STEP = 8 + 4 + 1 + 8 + 1;

  private static final int BESIDE_EVENT = 8 + 4 + 4;

  /** Version, and begin of a session. */
  private static final int WITHOUT_LOSSES = 2;

  /** The steps with losses of each session that trained a cell, as far as they are written. */
  List<List<Integer>> of(String cell) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> below = Files.walk(folder)) {
      List<Path> files =
          below
              .filter(Files::isRegularFile)
              .filter(each -> each.getParent().getFileName().toString().endsWith("-" + cell))
              .sorted()
              .toList();
      List<List<Integer>> sessions = new ArrayList<>();
      for (Path each : files) {
        sessions.add(steps(each));
      }
      return sessions;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<Integer> steps(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> steps = new ArrayList<>();
    int at = 0;
    for (int event = 0; bytes.limit() - at >= BESIDE_EVENT; event++) {
      int end = at + BESIDE_EVENT + (int) bytes.getLong(at);
      if (end > bytes.limit()) {
        break;
      }
      if (event >= WITHOUT_LOSSES) {
        steps.add((int) bytes.get(at + BEFORE_STEP));
      }
      at = end;
    }
    return steps;
  }
}
