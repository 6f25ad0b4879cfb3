package dev.vernier.reports.comparison;

import dev.vernier.records.Cell;
import dev.vernier.records.Generation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What cells generate with, as names and values. */
public final class Generations {
  private Generations() {}

  /**
   * All that decides what a cell generates: {@code generator}, its settings as {@code
   * generator.NAME}, its training, and {@code sampling.NAME}; empty for a tokenizer.
   */
  public static Map<String, String> deciding(Cell cell) {
    Map<String, String> deciding = new LinkedHashMap<>();
    Optional.ofNullable(cell.generation())
        .ifPresent(
            each -> {
              deciding.put("generator", each.generator());
              deciding.putAll(each.training());
              each.settings().forEach((name, text) -> deciding.put("generator." + name, text));
              each.sampling().forEach((name, text) -> deciding.put("sampling." + name, text));
            });
    return deciding;
  }

  /** Sub-tokens that a cell drew in a second; empty where it drew none. */
  public static Optional<Double> subTokensPerSecond(Cell cell) {
    return Optional.ofNullable(cell.generation())
        .flatMap(Generation::subTokensPerImage)
        .flatMap(
            each ->
                cell.phases().stream()
                    .filter(phase -> phase.name().equals("sample") && phase.images() > 0)
                    .findFirst()
                    .map(phase -> each * phase.imagesPerSecond()));
  }
}
