package dev.vernier.records;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * What is said of a JSON file that cannot be read. Its reader knows the fields of the file, and no
 * class that they are read into.
 */
public final class DamagedJson {
  /** The parser names its source within its messages, and says only that it does not show it. */
  private static final Pattern SOURCE = Pattern.compile("\\s*\\([^()]*\\[Source: .*\\]\\)");

  /** Records say which of their fields must be there; the virtual machine says a sentence. */
  private static final Pattern NAME = Pattern.compile("(?!null)\\w+");

  /** What the parser's message begins with where a value is followed by more. */
  private static final String TRAILING = "Trailing token";

  private DamagedJson() {}

  /**
   * One line: the file, the place in it, the reason, the remedy.
   *
   * @param remedy what the user can do, such as {@code restore it}
   */
  public static UsageException of(Path file, JsonProcessingException cause, String remedy) {
    JsonLocation at = cause.getLocation();
    String place = at == null || at.getLineNr() < 1 ? "" : "line " + at.getLineNr() + ": ";
    // Names of fields come from the file, and may have breaks of lines in them.
    String reason = reason(cause).replaceAll("\\p{Cntrl}", "?");
    return new UsageException(file + " is damaged (" + place + reason + "): " + remedy, cause);
  }

  private static String reason(JsonProcessingException error) {
    Throwable cause = error.getCause();
    if (cause instanceof NullPointerException) {
      String name = String.valueOf(cause.getMessage());
      return (NAME.matcher(name).matches() ? name : "a value") + " is missing";
    }
    if (error instanceof UnrecognizedPropertyException unknown) {
      return unknown("field", unknown);
    }
    if (error instanceof ValueInstantiationException value && cause != null) {
      return field(value) + ": " + firstLine(String.valueOf(cause.getMessage()));
    }
    if (error instanceof JsonMappingException value
        && cause instanceof InputCoercionException number) {
      return field(value) + " takes " + taken(number.getTargetType());
    }
    if (error instanceof MismatchedInputException
        && error.getOriginalMessage().startsWith(TRAILING)) {
      return "something follows its end";
    }
    if (error instanceof MismatchedInputException value && value.getTargetType() != null) {
      return field(value) + " takes " + taken(value.getTargetType());
    }
    return firstLine(SOURCE.matcher(error.getOriginalMessage()).replaceAll(""));
  }

  /**
   * Names what has no place there, and the nearest one that has.
   *
   * @param kind what it is called, such as {@code field}
   */
  public static String unknown(String kind, UnrecognizedPropertyException error) {
    return NearestName.unknown(
        kind,
        error.getPropertyName(),
        error.getKnownPropertyIds().stream().map(String::valueOf).toList());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("no JSON");
  }

  /** A field as the file has it, such as {@code findings[0].checks}. */
  private static String field(JsonMappingException error) {
    StringBuilder field = new StringBuilder();
    for (JsonMappingException.Reference each : error.getPath()) {
      if (each.getFieldName() == null) {
        field.append('[').append(each.getIndex()).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(each.getFieldName());
      }
    }
    return field.isEmpty() ? "the file" : field.toString();
  }

  /** What is written where a type is read, in words. */
  private static String taken(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return "a whole number up to " + Integer.MAX_VALUE;
    }
    if (type == long.class || type == Long.class) {
      return "a whole number up to " + Long.MAX_VALUE;
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "one of the words that Vernier writes there";
    }
    if (type == String.class) {
      return "text in quotes";
    }
    return Collection.class.isAssignableFrom(type) ? "a list in brackets" : "fields in braces";
  }
}
