package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.Protocol;
import dev.vernier.records.MetricKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the protocols of one measurement from what they share, and keeps them. */
final class ProtocolBook {
  private final Map<String, String> shared;
  private final Map<String, Map<String, String>> made = new LinkedHashMap<>();

  ProtocolBook(Map<String, String> shared) {
    this.shared = Map.copyOf(shared);
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
