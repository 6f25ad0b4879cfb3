package dev.vernier.harness.experiments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each key and item of an experiment's YAML stands, for messages. Jackson cannot say it once
 * it fills a record: it holds the values back until it has all of them. A path to a key or an item
 * consists of keys (String) and of indices from 0 (Integer).
 */
final class YamlLines {
  private final String source;
  private final Map<List<Object>, Integer> lines = new HashMap<>();

  private YamlLines(String source) {
    this.source = source;
  }

  /**
   * Reads all of a text.
   *
   * @param source what messages call it
   * @throws UsageException if it holds no keys, the same key twice, a key or an item without a
   *     value, or more than one document
   */
  static YamlLines of(String source, JsonParser parser) throws IOException {
    YamlLines lines = new YamlLines(source);
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new UsageException(
          source + " is no experiment: it needs keys with values, at least 'name' and 'methods'");
    }
    lines.fields(parser, List.of());
    if (parser.nextToken() != null) {
      throw new UsageException(
          source
              + ", line "
              + line(parser)
              + ": a second document begins here: put it into a file of its own");
    }
    return lines;
  }

  private void fields(JsonParser parser, List<Object> at) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      List<Object> key = then(at, parser.currentName());
      int line = line(parser);
      Integer before = lines.putIfAbsent(key, line);
      if (before != null) {
        throw new UsageException(
            source
                + ", line "
                + line
                + ": "
                + words(key)
                + " is there twice, first in line "
                + before
                + ": leave one of them out");
      }
      parser.nextToken();
      value(parser, key);
    }
  }

  private void items(JsonParser parser, List<Object> at) throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      List<Object> item = then(at, i);
      lines.put(item, line(parser));
      value(parser, item);
    }
  }

  private void value(JsonParser parser, List<Object> at) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> fields(parser, at);
      case START_ARRAY -> items(parser, at);
      case VALUE_NULL -> throw wrong(at, words(at) + " has no value: give it one or leave it out");
      default -> {}
    }
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** The path one step further. */
  static List<Object> then(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  /** A key or an item as messages call it. */
  static String words(List<Object> path) {
    if (path.isEmpty()) {
      return "the file";
    }
    Object last = path.get(path.size() - 1);
    return last instanceof Integer index
        ? "item " + (index + 1) + " of " + words(path.subList(0, path.size() - 1))
        : "'" + last + "'";
  }

  /** What the user can mend, and where: the nearest line around the path that is known. */
  UsageException wrong(List<Object> path, String what) {
    List<Object> known = path;
    while (!known.isEmpty() && !lines.containsKey(known)) {
      known = known.subList(0, known.size() - 1);
    }
    String line = known.isEmpty() ? "" : ", line " + lines.get(known);
    return new UsageException(source + line + ": " + what);
  }

  /** What messages call the text. */
  String source() {
    return source;
  }
}
