package dev.vernier.reports.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A part in which two protocols differ.
 *
 * @param part its name
 * @param one what the first has; empty where it has no such part
 * @param other what the second has
 */
public record ProtocolDifference(String part, String one, String other) {
  /**
   * All parts that differ, by name.
   *
   * @param one each part by name
   * @param other likewise
   */
  public static List<ProtocolDifference> between(
      Map<String, String> one, Map<String, String> other) {
    Set<String> parts = new TreeSet<>(one.keySet());
    parts.addAll(other.keySet());
    List<ProtocolDifference> differences = new ArrayList<>();
    for (String part : parts) {
      String here = one.getOrDefault(part, "");
      String there = other.getOrDefault(part, "");
      if (!here.equals(there)) {
        differences.add(new ProtocolDifference(part, here, there));
      }
    }
    return differences;
  }

  /** The part with both sides, such as {@code images: 64, not 2048}. */
  public String words() {
    return part + ": " + side(one) + ", not " + side(other);
  }

  /** Hashes stand for contents; their beginnings tell them apart. */
  private static String side(String text) {
    return text.isEmpty()
        ? "nothing"
        : text.replaceAll("\\b([0-9a-f]{12})[0-9a-f]{20,}\\b", "$1...");
  }
}
