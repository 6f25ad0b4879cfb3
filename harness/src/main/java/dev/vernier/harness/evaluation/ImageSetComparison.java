package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.records.Metric;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PerceptualDistance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares images with their reconstructions by any tool, paired as {@link ImageMatching} has it.
 */
public final class ImageSetComparison {
  private static final int BATCH = 64;
  private final FeatureExtractor extractor;
  private final Optional<PerceptualDistance> perceptual;
  private final int bootstrap;

  /** A comparison; extractor and distance stay the caller's. */
  public ImageSetComparison(
      FeatureExtractor extractor, Optional<PerceptualDistance> perceptual, int bootstrap) {
    this.extractor = extractor;
    this.perceptual = perceptual;
    this.bootstrap = bootstrap;
  }

  /**
   * What a comparison found.
   *
   * @param metrics by stable key
   * @param notes lines for the reader: how the images were paired, and how far the numbers reach
   */
  public record Outcome(Map<String, Metric> metrics, List<String> notes) {}

  /** Measures the second set against the first, whose images are cropped to the second's size. */
  public Outcome compare(ImageMatching pairs) {
    int size = pairs.size();
    List<LabelledImage> originals = pairs.real().squares(size);
    List<LabelledImage> others = pairs.other().squares(size);
    Map<String, String> shared =
        Map.of(
            "reference",
            "paired images " + hash(originals),
            "crop",
            "ADM centre crop of the reference to " + size,
            "images",
            String.valueOf(others.size()));
    ProtocolBook protocols = new ProtocolBook(shared);
    FeatureTable features = new FeatureTable(extractor, originals.size());
    FeatureTable otherFeatures = new FeatureTable(extractor, others.size());
    PairScores scores = new PairScores(perceptual);
    for (int first = 0; first < originals.size(); first += BATCH) {
      int last = Math.min(originals.size(), first + BATCH);
      features.add(originals.subList(first, last));
      otherFeatures.add(others.subList(first, last));
      scores.add(originals.subList(first, last), others.subList(first, last));
    }
    Map<String, Metric> metrics = new LinkedHashMap<>();
    FeatureMetrics.Comparison compared =
        new FeatureMetrics(extractor.spec(), protocols)
            .ofPairs(ReferenceFeatures.of(features), otherFeatures, bootstrap);
    metrics.putAll(compared.metrics());
    metrics.putAll(scores.metrics(protocols));
    List<String> notes = new ArrayList<>(List.of(pairs.note()));
    notes.addAll(Caveats.of(originals.size(), extractor.spec(), perceptual.isPresent()));
    notes.addAll(compared.notes());
    return new Outcome(metrics, notes);
  }

  private static String hash(List<LabelledImage> images) {
    ContentHash hash = new ContentHash();
    images.forEach(image -> hash.add(image.rgb()));
    return hash.hexadecimal();
  }
}
