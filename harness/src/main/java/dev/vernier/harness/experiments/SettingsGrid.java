package dev.vernier.harness.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Combinations of values of settings. */
final class SettingsGrid {
  private SettingsGrid() {}

  /** The base with every combination of the grid's values over it; the last axis varies fastest. */
  static List<Map<String, String>> expand(
      Map<String, String> base, Map<String, List<String>> grid) {
    List<Map<String, String>> expanded = List.of(base);
    for (Map.Entry<String, List<String>> axis : grid.entrySet()) {
      expanded = expanded.stream().flatMap(each -> vary(each, axis).stream()).toList();
    }
    return expanded;
  }

  private static List<Map<String, String>> vary(
      Map<String, String> settings, Map.Entry<String, List<String>> axis) {
    return axis.getValue().stream()
        .map(
            value -> {
              Map<String, String> varied = new LinkedHashMap<>(settings);
              varied.put(axis.getKey(), value);
              return varied;
            })
        .toList();
  }
}
