package dev.vernier.harness.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Ways to draw images from one generator: every combination of values of {@link SamplingOptions}.
 *
 * @param values by option; empty where nothing is drawn
 */
record Sweep(Map<String, List<String>> values) {
  /** The same with other values, where anything is drawn. */
  Sweep over(Map<String, List<String>> others) {
    if (values.isEmpty()) {
      return this;
    }
    Map<String, List<String>> layered = new LinkedHashMap<>(values);
    layered.putAll(others);
    return new Sweep(layered);
  }

  /** Every combination; none where nothing is drawn. */
  List<Map<String, String>> combinations() {
    return values.isEmpty() ? List.of() : SettingsGrid.expand(Map.of(), values);
  }

  /**
   * What legends call a way to draw: the options of which the sweep has several values tell it from
   * its neighbours.
   */
  String name(String method, Map<String, String> combination) {
    String swept =
        values.entrySet().stream()
            .filter(each -> each.getValue().size() > 1)
            .map(each -> ", " + each.getKey() + " " + combination.get(each.getKey()))
            .collect(Collectors.joining());
    return method + (swept.isEmpty() ? ", samples" : swept);
  }

  /** The names of all. */
  List<String> names(String method) {
    return combinations().stream().map(each -> name(method, each)).toList();
  }
}
