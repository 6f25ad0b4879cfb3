package dev.vernier.records;

import java.io.IOException;

/** Thrown where a record beside a cell holds something else than a finite number as one. */
public final class UnusableRecord extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Of a record.
   *
   * @param message which file holds what, as the end of a sentence
   */
  UnusableRecord(String message) {
    super(message);
  }
}
