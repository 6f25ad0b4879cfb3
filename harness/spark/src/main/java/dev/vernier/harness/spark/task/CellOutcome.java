package dev.vernier.harness.spark.task;

import java.io.Serializable;

/**
 * What came of a cell.
 *
 * @param host of the machine
 * @param files of its folder; where the run's folder has them, its result alone
 * @param fullDisk the line that says that the run's folder has no room; null where it has
 */
public record CellOutcome(String host, FileSet files, String fullDisk) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** File of a cell's folder that says what came of it. */
  public static final String RESULT = "result.json";
}
