package dev.vernier.records;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What is said of a JSON file that cannot be read. */
public final class DamagedJson {
  /** The parser names its source within its messages, and says only that it does not show it. */
  private static final Pattern SOURCE = Pattern.compile("\\s*\\([^()]*\\[Source: .*\\]\\)");

  private DamagedJson() {}

  /**
   * One line: the file, the place in it, the parser's reason, the remedy.
   *
   * @param remedy what the user can do, such as {@code restore it}
   */
  public static UsageException of(Path file, JsonProcessingException cause, String remedy) {
    String reason =
        cause.getCause() instanceof NullPointerException
            ? "a value is missing"
            : SOURCE
                .matcher(cause.getOriginalMessage())
                .replaceAll("")
                .lines()
                .findFirst()
                .orElse("no JSON");
    JsonLocation at = cause.getLocation();
    String place = at == null || at.getLineNr() < 1 ? "" : "line " + at.getLineNr() + ": ";
    return new UsageException(file + " is damaged (" + place + reason + "): " + remedy, cause);
  }
}
