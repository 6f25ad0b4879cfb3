package dev.vernier.harness.evaluation;

import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.FeatureSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the features of generated images say beside those of training images. */
final class GenerationMetrics {
  private GenerationMetrics() {}

  /** Metrics by stable key; nothing is paired, so nothing is resampled. */
  static Map<String, Metric> of(
      FeatureSpec spec, FeatureTable training, FeatureTable generated, ProtocolBook protocols) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    new FeatureMetrics(spec, protocols)
        .compare(training, generated, 0)
        .metrics()
        .forEach(
            (key, metric) -> {
              if (key.equals(MetricKind.RFID.key())) {
                metrics.put(MetricKind.GFID.key(), renamed(metric));
              } else {
                metrics.put(key, metric);
              }
            });
    return metrics;
  }

  /** The same distance under the name that it has where nothing is reconstructed. */
  private static Metric renamed(Metric rfid) {
    return Metric.of(
        MetricKind.GFID,
        rfid.label().substring(MetricKind.RFID.label().length()),
        rfid.value(),
        rfid.interval(),
        rfid.samples(),
        rfid.protocol());
  }
}
