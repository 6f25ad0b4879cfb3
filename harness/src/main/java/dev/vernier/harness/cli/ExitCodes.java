package dev.vernier.harness.cli;

/** What the process says to the shell. */
final class ExitCodes {
  static final int DONE = 0;
  static final int GATE_FAILED = 1;
  static final int WRONG_USE = 2;
  static final int CELLS_FAILED = 3;
  static final int NOT_MEASURED = 3;

  private ExitCodes() {}
}
