package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.Bootstrap;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.harness.metrics.InceptionScore;
import dev.vernier.harness.metrics.PrecisionRecall;
import dev.vernier.harness.metrics.Protocol;
import dev.vernier.records.Metric;
import dev.vernier.records.Metric.Better;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.FeatureSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Metrics on the features of two sets of images. */
final class FeatureMetrics {
  /** Key of the reconstruction FID. */
  static final String RFID = "rfid";

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

  private Protocol protocol(String metric, Map<String, String> parts) {
    Map<String, String> all = new LinkedHashMap<>(parts);
    all.put("features", spec.name() + " " + spec.hash());
    return protocols.of(metric, all);
  }

  private String label(String metric) {
    return spec.published() ? metric : metric + " (" + spec.name() + " features)";
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
        Bootstrap.frechet(real.pooled(), other.pooled(), bootstrap, BOOTSTRAP_SEED);
    Optional<Metric.Interval> interval = Bootstrap.interval(rfid, replicates);
    String protocol =
        protocol("frechet distance", Map.of("covariance", "N - 1, float64, symmetric root"))
            .fingerprint();
    metrics.put(
        RFID,
        new Metric(
            label("rFID"),
            rfid,
            interval.map(Metric.Interval::low).orElse(null),
            interval.map(Metric.Interval::high).orElse(null),
            other.rows(),
            Better.LOWER,
            protocol));
    inceptionScore(other).ifPresent(metric -> metrics.put("inception_score", metric));
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
        .map(score -> metric("IS", score.mean(), other.rows(), protocol("inception score", parts)));
  }

  private void neighbours(FeatureTable real, FeatureTable other, Map<String, Metric> metrics) {
    PrecisionRecall shares =
        PrecisionRecall.of(real.pooled(), other.pooled(), PrecisionRecall.NEIGHBOURS);
    Map<String, String> parts = Map.of("k", PrecisionRecall.NEIGHBOURS + ", float64 distances");
    Protocol protocol = protocol("precision and recall", parts);
    metrics.put("precision", metric("Precision", shares.precision(), other.rows(), protocol));
    metrics.put("recall", metric("Recall", shares.recall(), real.rows(), protocol));
  }

  private Metric metric(String name, double value, long samples, Protocol protocol) {
    return new Metric(
        label(name), value, null, null, samples, Better.HIGHER, protocol.fingerprint());
  }
}
