package dev.vernier.harness.spark.task;

import java.io.Serializable;

/**
 * What came of a cell.
 *
 * @param host of the machine
 * @param files of its folder, where they travel; null where the run's folder has them
 * @param fullDisk the line that says that the run's folder has no room; null where it has
 */
public record CellOutcome(String host, FileSet files, String fullDisk) implements Serializable {
  private static final long serialVersionUID = 1L;
}
