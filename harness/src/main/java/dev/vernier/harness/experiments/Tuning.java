package dev.vernier.harness.experiments;

import java.util.List;

/**
 * What an experiment that searches for settings chooses by; {@link TuningChoice} has the rule.
 *
 * @param metric key of the metric that decides
 * @param shared names of the settings, in the grids of all methods, that get one value for all
 */
public record Tuning(String metric, List<String> shared) {
  /** Copies the list; an absent one becomes empty. */
  public Tuning {
    shared = shared == null ? List.of() : List.copyOf(shared);
  }
}
