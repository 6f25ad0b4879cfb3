package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.Protocol;
import dev.vernier.records.MetricKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the protocols of one measurement from what they share, and keeps them. */
final class ProtocolBook {
  private final Map<String, String> shared;
  private final Map<String, Map<String, String>> made;

  ProtocolBook(Map<String, String> shared) {
    this(shared, new LinkedHashMap<>());
  }

  private ProtocolBook(Map<String, String> shared, Map<String, Map<String, String>> made) {
    this.shared = Map.copyOf(shared);
    this.made = made;
  }

  /** Makes others, which share something else, and keeps them with the same. */
  ProtocolBook sharing(Map<String, String> others) {
    return new ProtocolBook(others, made);
  }

  Protocol of(MetricKind metric, Map<String, String> parts) {
    return of(metric.protocol(), parts);
  }

  Protocol of(String metric, Map<String, String> parts) {
    Protocol protocol = new Protocol(parts).with(shared).with(Map.of("metric", metric));
    made.put(protocol.fingerprint(), protocol.parts());
    return protocol;
  }

  /** All protocols made so far, by fingerprint. */
  Map<String, Map<String, String>> all() {
    return made;
  }
}
