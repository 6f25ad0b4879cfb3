package dev.vernier.harness.experiments;

import dev.vernier.spi.UsageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each key and item of an experiment's YAML stands, for messages; what an alias repeats
 * stands where its anchor is. A path to a key or an item consists of keys (String) and of indices
 * from 0 (Integer).
 */
final class YamlLines {
  private final String source;
  private final Map<List<Object>, Integer> lines = new HashMap<>();

  /**
   * Of a text of which nothing is known yet.
   *
   * @param source what messages call it
   */
  YamlLines(String source) {
    this.source = source;
    lines.put(List.of(), 1);
  }

  /** Notes where a key or an item stands. */
  void put(List<Object> path, int line) {
    lines.put(path, line);
  }

  /** Whether the text has a key or an item. */
  boolean has(List<Object> path) {
    return lines.containsKey(path);
  }

  /** The line of a key or an item, or the nearest around it. */
  int line(List<Object> path) {
    List<Object> known = path;
    while (!lines.containsKey(known)) {
      known = known.subList(0, known.size() - 1);
    }
    return lines.get(known);
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

  /** What the user can fix, and where. */
  UsageException wrong(List<Object> path, String what) {
    return wrong(line(path), what);
  }

  /** The same of a line. */
  UsageException wrong(int line, String what) {
    return new UsageException(source + ", line " + line + ": " + what);
  }
}
