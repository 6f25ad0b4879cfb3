package dev.vernier.harness.cli;

import dev.vernier.harness.progress.LineProgress;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.progress.TerminalProgress;
import picocli.CommandLine.Option;

/** How long work shows where it is. */
final class ProgressOptions {
  @Option(names = "--quiet", description = "do not show progress")
  private boolean quiet;

  Progress progress() {
    if (quiet) {
      return Progress.NONE;
    }
    return Boolean.getBoolean("vernier.terminal")
        ? new TerminalProgress(System.err)
        : new LineProgress(System.err);
  }
}
