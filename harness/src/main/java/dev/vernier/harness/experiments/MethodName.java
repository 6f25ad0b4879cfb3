package dev.vernier.harness.experiments;

import dev.vernier.spi.UsageException;
import java.util.Optional;

/** What a method may be called: its name stands in one line of messages, tables and figures. */
public final class MethodName {
  private MethodName() {}

  /** What is wrong with a name, as a sentence about it goes on; empty for one that will do. */
  static Optional<String> fault(String name) {
    if (name.isBlank()) {
      return Optional.of("is blank: write what charts should call it");
    }
    return name.chars().anyMatch(Character::isISOControl)
        ? Optional.of(
            "cannot be '"
                + name.replaceAll("\\p{Cntrl}", "?")
                + "': write one line, without control characters")
        : Optional.empty();
  }

  /**
   * Checks a name of the command line.
   *
   * @throws UsageException if no method can be called so
   */
  public static void require(String name) {
    fault(name)
        .ifPresent(
            words -> {
              throw new UsageException("the name of a method " + words);
            });
  }
}
