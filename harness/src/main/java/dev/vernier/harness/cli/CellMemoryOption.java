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
          "memory that a worker may take, from which follows how many a machine serves (default: "
              + DEFAULT
              + " MiB; a cell of 32 x 32 images takes a quarter)")
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
