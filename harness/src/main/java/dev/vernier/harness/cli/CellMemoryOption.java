package dev.vernier.harness.cli;

import dev.vernier.spi.UsageException;
import picocli.CommandLine.Option;

/** How much memory a cell may take. */
final class CellMemoryOption {
  static final String NAME = "--cell-memory";
  private static final int DEFAULT = 4096;
  private static final int LEAST = 1024;

  @Option(
      names = NAME,
      paramLabel = "MIB",
      description =
          "memory limit of a worker, which determines how many run at once (default: "
              + DEFAULT
              + " MiB; cells of 32 x 32 images need about a quarter)")
  private Integer given;

  /** Whether the user says it. */
  boolean isGiven() {
    return given != null;
  }

  /**
   * In MiB.
   *
   * @throws UsageException if it is too little for any cell
   */
  int mebibytes() {
    int memory = given == null ? DEFAULT : given;
    if (memory < LEAST) {
      throw new UsageException(NAME + " cannot be " + memory + ": give " + LEAST + " or more");
    }
    return memory;
  }
}
