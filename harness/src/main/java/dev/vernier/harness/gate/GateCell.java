package dev.vernier.harness.gate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.records.Cell;
import dev.vernier.records.Generation;
import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A cell as the gate knows it.
 *
 * @param method what legends call it
 * @param seed null where nothing was trained
 * @param settings all that the run says of it, as text: settings and training of the tokenizer,
 *     those of a generator and of its sampling under names of their own
 * @param metrics by stable key
 * @param missing by key of a metric, why its number is not there
 * @param error why it has no numbers; null where it has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GateCell(
    String method,
    Long seed,
    Map<String, String> settings,
    Map<String, Measured> metrics,
    @JsonIgnore Map<String, String> missing,
    @JsonIgnore String error) {
  /** Copies the maps, sorted by name. */
  GateCell {
    Objects.requireNonNull(method, "method");
    settings = sorted(settings);
    metrics = sorted(metrics);
    missing = sorted(missing);
  }

  static <V> Map<String, V> sorted(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /** Whether more of a metric is better, or less. */
  static boolean directed(MetricKind kind) {
    return kind.better() != Better.NEITHER;
  }

  static GateCell of(Cell cell, Map<String, Measured> metrics) {
    return new GateCell(
        String.valueOf(cell.method()),
        cell.untrained() ? null : cell.seed(),
        settings(cell),
        metrics,
        cell.missing(),
        cell.error());
  }

  private static Map<String, String> settings(Cell cell) {
    Map<String, String> all = new TreeMap<>(cell.settings());
    all.putAll(cell.training());
    // A hash of what code made, which the next version of the code makes anew.
    all.remove(CellPlan.TRUNK);
    all.put("tokenizer", String.valueOf(cell.tokenizer()));
    if (cell.generation() != null) {
      Generation generation = cell.generation();
      all.put("generator", generation.generator());
      generation.settings().forEach((name, value) -> all.put("generator." + name, value));
      all.putAll(generation.training());
      generation.sampling().forEach((name, value) -> all.put("sampling." + name, value));
    }
    return all;
  }

  GateCell with(Map<String, Measured> others) {
    return new GateCell(method, seed, settings, others, missing, error);
  }

  /** Whether it has the numbers of another one, all of them. */
  boolean repeats(GateCell other) {
    return metrics.keySet().equals(other.metrics.keySet())
        && metrics.entrySet().stream()
            .allMatch(each -> each.getValue().agreesWith(other.metrics.get(each.getKey())));
  }

  @JsonIgnore
  boolean trained() {
    return seed != null;
  }
}
