package dev.vernier.harness.cli;

import dev.vernier.spi.ImageDataset;
import java.util.List;
import java.util.Optional;

/** What is said of a dataset's files that could not be used. */
final class SkippedFiles {
  private static final int NAMED = 3;

  private SkippedFiles() {}

  /** One line, where there are any. */
  static Optional<String> of(ImageDataset dataset) {
    List<String> skipped = dataset.skipped();
    if (skipped.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        skipped.size()
            + (skipped.size() == 1 ? " file of " : " files of ")
            + dataset.spec().name()
            + " skipped: "
            + String.join(", ", skipped.subList(0, Math.min(NAMED, skipped.size())))
            + (skipped.size() > NAMED ? ", ..." : ""));
  }
}
