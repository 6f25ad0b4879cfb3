package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.metrics.Bootstrap;
import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.harness.metrics.FrechetDistance;
import dev.vernier.harness.protocols.FrechetMeasure;
import dev.vernier.harness.protocols.PairMeasure;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** What one protocol says of reconstructions, batch by batch. */
final class ProtocolTally {
  private final PublishedProtocol protocol;
  private final Optional<FeatureExtractor> inception;
  private final int count;
  private final List<String> prepared = new ArrayList<>();
  private final List<String> sources = new ArrayList<>();
  private final Map<PairMeasure, List<Double>> scores = new LinkedHashMap<>();
  private final Set<MetricKind> roundedBefore = new LinkedHashSet<>();
  private final Set<MetricKind> tooSmall = new LinkedHashSet<>();
  private Optional<FeatureStatistics> originals;
  private GatheredStatistics real;
  private GatheredStatistics other;
  private ImageSize size;
  private boolean reduced;
  private boolean skipped;

  /**
   * Of no images yet.
   *
   * @param inception what its Frechet distance looks through; empty where that is not at hand
   * @param originals what it says of the originals, where an earlier tally found it
   * @param count how many images there will be
   */
  ProtocolTally(
      PublishedProtocol protocol,
      Optional<FeatureExtractor> inception,
      Optional<FeatureStatistics> originals,
      int count) {
    this.protocol = protocol;
    this.inception = inception;
    this.originals = originals;
    this.count = count;
  }

  PublishedProtocol protocol() {
    return protocol;
  }

  /** Adds images. */
  void add(PreparedBatch batch, BatchFeatures features) {
    if (protocol.frechet().uncropped()) {
      batch.uncropped().forEach(image -> sources.add(hash(image)));
    }
    batch.cropped().forEach(image -> prepared.add(hash(image)));
    size = batch.size();
    reduced = !size.equals(batch.cropped().get(0).size());
    for (PairMeasure measure : protocol.pairs()) {
      score(measure, batch);
    }
    inception.ifPresent(net -> addFeatures(net, batch, features));
  }

  /** Leaves images out whose reconstructions were rounded before the protocol resizes them. */
  void skip() {
    skipped = true;
    protocol.pairs().forEach(each -> roundedBefore.add(each.kind()));
    inception.ifPresent(net -> roundedBefore.add(protocol.frechet().kind()));
  }

  /** Whether images were left out. */
  boolean isSkipped() {
    return skipped;
  }

  private static String hash(LabelledImage image) {
    return new ContentHash().add(image.size().text()).add(image.rgb()).hexadecimal();
  }

  private void score(PairMeasure measure, PreparedBatch batch) {
    if (size.height() < measure.score().smallestSide()) {
      tooSmall.add(measure.kind());
      return;
    }
    List<OptionalDouble> some =
        IntStream.range(0, batch.cropped().size())
            .parallel()
            .mapToObj(i -> batch.score(measure, i))
            .toList();
    if (some.get(0).isEmpty()) {
      roundedBefore.add(measure.kind());
      return;
    }
    List<Double> all = scores.computeIfAbsent(measure, key -> new ArrayList<>());
    some.forEach(each -> all.add(each.orElseThrow()));
  }

  private void addFeatures(FeatureExtractor net, PreparedBatch batch, BatchFeatures features) {
    FrechetMeasure measure = protocol.frechet();
    Optional<float[]> ofBack =
        features.of(net, batch.reference(), batch.back(), measure.reconstruction());
    if (ofBack.isEmpty()) {
      roundedBefore.add(measure.kind());
      return;
    }
    other = gathered(net, other, ofBack.get());
    if (originals.isEmpty()) {
      List<LabelledImage> reference = measure.uncropped() ? batch.uncropped() : batch.reference();
      real = gathered(net, real, features.of(net, reference));
    }
  }

  private GatheredStatistics gathered(
      FeatureExtractor net, GatheredStatistics before, float[] rows) {
    GatheredStatistics all =
        before == null ? new GatheredStatistics(net.spec().dimension(), count) : before;
    all.add(rows);
    return all;
  }

  /** What the protocol says of the originals, once all are there; empty without its net. */
  Optional<FeatureStatistics> originals() {
    if (originals.isEmpty()) {
      originals = GatheredStatistics.of(real);
    }
    return originals;
  }

  /**
   * Its metrics.
   *
   * @param kept takes the protocols
   */
  Map<String, Metric> metrics(ProtocolBook kept) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    frechet(kept).ifPresent(metric -> metrics.put(protocol.frechet().kind().key(), metric));
    scores.forEach(
        (measure, values) ->
            metrics.put(measure.kind().key(), metric(measure, values, reference(kept, prepared))));
    return metrics;
  }

  private Optional<Metric> frechet(ProtocolBook kept) {
    Optional<FeatureStatistics> back = GatheredStatistics.of(other);
    if (back.isEmpty()) {
      return Optional.empty();
    }
    FrechetMeasure measure = protocol.frechet();
    FeatureSpec spec = inception.orElseThrow().spec();
    Map<String, String> parts = new LinkedHashMap<>(measure.parts());
    parts.put("features", spec.name() + " " + spec.hash());
    ProtocolBook book = reference(kept, measure.uncropped() ? sources : prepared);
    return Optional.of(
        Metric.of(
            measure.kind(),
            spec.published() ? "" : " (" + spec.name() + " features)",
            FrechetDistance.between(originals().orElseThrow(), back.get()),
            Optional.empty(),
            count,
            fingerprint(book, measure.kind(), parts)));
  }

  private Metric metric(PairMeasure measure, List<Double> values, ProtocolBook book) {
    double[] each = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Metric.of(
        measure.kind(),
        "",
        measure.mean(each),
        measure.ofImages() ? Bootstrap.mean(each) : Optional.empty(),
        each.length,
        fingerprint(book, measure.kind(), measure.parts()));
  }

  private String fingerprint(ProtocolBook book, MetricKind kind, Map<String, String> parts) {
    Map<String, String> all = new LinkedHashMap<>(parts);
    all.put("crop", protocol.preparation().description());
    all.put("tables", protocol.tables());
    if (reduced) {
      all.put("measured size", size.text() + ", by bicubic interpolation without antialiasing");
    }
    return book.of(kind, all).fingerprint();
  }

  /** The images alone, as of our scores of pairs: whoever reconstructs them gets the same. */
  private static ProtocolBook reference(ProtocolBook kept, List<String> hashes) {
    ContentHash all = new ContentHash();
    hashes.stream().sorted().forEach(all::add);
    return kept.sharing(
        Map.of(
            "reference",
            "images of these pixels, paired: " + all.hexadecimal(),
            "images",
            String.valueOf(hashes.size())));
  }

  /** Its metrics that compare floats where there are none. */
  Set<MetricKind> roundedBefore() {
    return roundedBefore;
  }

  /** Its metrics whose window does not fit into the images. */
  Set<MetricKind> tooSmall() {
    return tooSmall;
  }
}
