package dev.vernier.harness.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark says of failed jobs. */
final class Failures {
  /** Behind the words on job, stage, task, host and executor stands what the task itself threw. */
  private static final Pattern THROWN =
      Pattern.compile(
          "Lost task .*?\\((?:TID \\d+\\) \\()?([^)]*)\\): (?:[\\w.$]+Exception: )?(.*)");

  private Failures() {}

  /** One line. */
  static String words(Throwable error) {
    String line = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    Matcher thrown = THROWN.matcher(line);
    return thrown.find() ? thrown.group(2) + " (" + thrown.group(1) + ")" : line;
  }
}
