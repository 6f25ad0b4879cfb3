package dev.vernier.harness.spark.task;

import java.io.Serializable;

/** What came of a cell on a machine. */
public sealed interface CellOutcome extends Serializable {
  /** File of a cell's folder that says what came of it. */
  String RESULT = "result.json";

  /** The machine. */
  String host();

  /**
   * It has its result, with numbers or without.
   *
   * @param files of its folder; where the run's folder has them, its result alone
   * @param curves TensorBoard's files of it, where they travel
   */
  record Done(String host, FileSet files, FileSet curves) implements CellOutcome {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The run's folder has no room.
   *
   * @param line to print
   */
  record FullFolder(String host, String line) implements CellOutcome {
    private static final long serialVersionUID = 1L;
  }

  /**
   * This machine does not compute it; another one may.
   *
   * @param executor its id
   * @param why in one line
   */
  record Refused(String host, String executor, String why) implements CellOutcome {
    private static final long serialVersionUID = 1L;
  }
}
