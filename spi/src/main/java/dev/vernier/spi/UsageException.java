package dev.vernier.spi;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Wrong use or bad input: something the user can fix. Its message is one line that says what is
 * wrong and how to fix it; the command line prints that line, without a stack trace, and exits with
 * code 2.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 2L;

  private final String setting;

  /** An error with the line to print. */
  public UsageException(String message) {
    super(message);
    this.setting = null;
  }

  /** An error with the line to print and what caused it. */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
    this.setting = null;
  }

  private UsageException(String setting, String message) {
    super(message);
    this.setting = setting;
  }

  /** An error of a setting, whose place in a file can then be told. */
  public static UsageException ofSetting(String setting, String message) {
    return new UsageException(setting, message);
  }

  /**
   * The same error under another key.
   *
   * @param key from a setting to what the user calls it
   */
  public UsageException under(UnaryOperator<String> key) {
    return setting == null ? this : ofSetting(key.apply(setting), getMessage());
  }

  /** The setting that is unknown or has a wrong value; empty where it is something else. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }
}
