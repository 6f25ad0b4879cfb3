package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.Bootstrap;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.harness.metrics.InceptionScore;
import dev.vernier.harness.metrics.PrecisionRecall;
import dev.vernier.harness.metrics.Protocol;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.FeatureSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Metrics on the features of two sets of images. */
final class FeatureMetrics {
  private static final int SPLITS = 10;
  private static final int SHUFFLE_SEED = 2020;
  private static final long BOOTSTRAP_SEED = 95;

  /** Precision and recall compare every pair; beyond this they would take longer than the rest. */
  private static final int MOST_FOR_NEIGHBOURS = 10_000;

  private final FeatureSpec spec;
  private final ProtocolBook protocols;

  FeatureMetrics(FeatureSpec spec, ProtocolBook protocols) {
    this.spec = spec;
    this.protocols = protocols;
  }

  private Protocol protocol(MetricKind metric, Map<String, String> parts) {
    Map<String, String> all = new LinkedHashMap<>(parts);
    all.put("features", spec.name() + " " + spec.hash());
    return protocols.of(metric, all);
  }

  private String features() {
    return spec.published() ? "" : " (" + spec.name() + " features)";
  }

  /**
   * What the features of a set say.
   *
   * @param metrics by stable key
   * @param replicates of the rFID; without values where nothing was resampled
   */
  record Comparison(Map<String, Metric> metrics, Replicates replicates) {}

  /**
   * Compares a set with the reference.
   *
   * @param bootstrap resamplings of pairs; 0 where the sets are not paired
   */
  Comparison compare(FeatureTable real, FeatureTable other, int bootstrap) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    double rfid =
        FrechetDistance.between(
            FeatureStatistics.of(real.pooled()), FeatureStatistics.of(other.pooled()));
    double[] replicates =
        bootstrap == 0
            ? new double[0]
            : Bootstrap.frechet(real.pooled(), other.pooled(), bootstrap, BOOTSTRAP_SEED);
    String protocol =
        protocol(MetricKind.RFID, Map.of("covariance", "N - 1, float64, symmetric root"))
            .fingerprint();
    metrics.put(
        MetricKind.RFID.key(),
        Metric.of(
            MetricKind.RFID,
            features(),
            rfid,
            Bootstrap.interval(rfid, replicates),
            other.rows(),
            protocol));
    inceptionScore(other)
        .ifPresent(metric -> metrics.put(MetricKind.INCEPTION_SCORE.key(), metric));
    if (Math.max(real.rows(), other.rows()) <= MOST_FOR_NEIGHBOURS
        && Math.min(real.rows(), other.rows()) > PrecisionRecall.NEIGHBOURS) {
      neighbours(real, other, metrics);
    }
    return new Comparison(
        metrics,
        new Replicates(
            ResultFiles.SCHEMA_VERSION,
            protocol,
            other.rows(),
            BOOTSTRAP_SEED,
            Arrays.stream(replicates).boxed().toList()));
  }

  private Optional<Metric> inceptionScore(FeatureTable other) {
    if (other.rows() < SPLITS) {
      return Optional.empty();
    }
    Map<String, String> parts =
        Map.of("splits", SPLITS + ", shuffled by NumPy's legacy generator, seed " + SHUFFLE_SEED);
    return other
        .logits()
        .map(logits -> InceptionScore.shuffled(logits, SPLITS, SHUFFLE_SEED))
        .map(score -> metric(MetricKind.INCEPTION_SCORE, score.mean(), other.rows(), parts));
  }

  private void neighbours(FeatureTable real, FeatureTable other, Map<String, Metric> metrics) {
    PrecisionRecall shares =
        PrecisionRecall.of(real.pooled(), other.pooled(), PrecisionRecall.NEIGHBOURS);
    Map<String, String> parts = Map.of("k", PrecisionRecall.NEIGHBOURS + ", float64 distances");
    metrics.put(
        MetricKind.PRECISION.key(),
        metric(MetricKind.PRECISION, shares.precision(), other.rows(), parts));
    metrics.put(
        MetricKind.RECALL.key(), metric(MetricKind.RECALL, shares.recall(), real.rows(), parts));
  }

  private Metric metric(MetricKind kind, double value, long samples, Map<String, String> parts) {
    return Metric.of(
        kind, features(), value, Optional.empty(), samples, protocol(kind, parts).fingerprint());
  }
}
