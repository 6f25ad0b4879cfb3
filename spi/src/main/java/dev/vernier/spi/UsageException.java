package dev.vernier.spi;

/**
 * Wrong use or bad input: something the user can mend. Its message is one line that says what is
 * wrong and how to mend it; the command line prints that line, without a stack trace, and exits
 * with code 2.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with the line to print. */
  public UsageException(String message) {
    super(message);
  }

  /** An error with the line to print and what caused it. */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
