package dev.vernier.harness.cli;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The folder of a run that was given none: what it is, and when it was begun. */
final class RunName {
  /** Where runs lie. */
  static final Path RUNS = Path.of("runs");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private RunName() {}

  static Path now(String what) {
    return RUNS.resolve(what + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(TIME));
  }
}
