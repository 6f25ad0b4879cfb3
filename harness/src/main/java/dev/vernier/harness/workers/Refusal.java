package dev.vernier.harness.workers;

import java.io.IOException;

/**
 * A machine does not compute cells, since what it has is not what their run was begun with; another
 * one may. The message is one line that says what differs and how to fix it.
 */
public final class Refusal extends IOException {
  private static final long serialVersionUID = 1L;

  /** A refusal with the line to print. */
  public Refusal(String message) {
    super(message);
  }

  /** A refusal with the line to print and what caused it. */
  public Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
