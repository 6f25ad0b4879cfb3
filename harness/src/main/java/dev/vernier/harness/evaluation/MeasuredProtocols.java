package dev.vernier.harness.evaluation;

import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.spi.FeatureExtractor;
import java.util.List;
import java.util.Map;

/**
 * The protocols of papers that are measured beside ours.
 *
 * @param protocols in the order in which they are reported
 * @param inceptions the extractor of each way to bring images before it that one of them has; empty
 *     where the features are not Inception's; stay the caller's
 */
public record MeasuredProtocols(
    List<PublishedProtocol> protocols, Map<String, FeatureExtractor> inceptions) {
  /** No protocol but ours. */
  public static final MeasuredProtocols NONE = new MeasuredProtocols(List.of(), Map.of());

  /** Copies the collections. */
  public MeasuredProtocols {
    protocols = List.copyOf(protocols);
    inceptions = Map.copyOf(inceptions);
  }

  /** Has the extractors free what only looking at images takes, until the next ones. */
  void idle() {
    inceptions.values().forEach(FeatureExtractor::idle);
  }
}
