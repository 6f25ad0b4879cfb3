package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.progress.Progress;
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
 * Images are read some at a time; features and scores are kept.
 */
public final class ImageSetComparison {
  private static final int BATCH = FeatureTable.BATCH;
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

  /** Measures without telling how far it is. */
  public Outcome compare(ImageMatching pairs) {
    return compare(pairs, Progress.NONE);
  }

  /** Measures the second set against the first, whose images are cropped to the second's size. */
  public Outcome compare(ImageMatching pairs, Progress progress) {
    int size = pairs.size();
    int count = pairs.real().names().size();
    FeatureTable features = FeatureTable.ofReference(extractor, count);
    FeatureTable otherFeatures = new FeatureTable(extractor, count);
    PairScores scores = new PairScores(perceptual);
    ContentHash hash = new ContentHash();
    for (int first = 0; first < count; first += BATCH) {
      int last = Math.min(count, first + BATCH);
      List<LabelledImage> originals = pairs.real().squares(size, first, last);
      List<LabelledImage> others = pairs.other().squares(size, first, last);
      originals.forEach(image -> hash.add(image.rgb()));
      features.add(originals);
      otherFeatures.add(others);
      scores.add(originals, others);
      progress.update("compare", last, count, "");
    }
    ProtocolBook protocols =
        new ProtocolBook(
            Map.of(
                "reference",
                "paired images " + hash.hexadecimal(),
                "crop",
                "ADM centre crop of the reference to " + size,
                "images",
                String.valueOf(count)));
    Map<String, Metric> metrics = new LinkedHashMap<>();
    FeatureMetrics.Comparison compared =
        new FeatureMetrics(extractor.spec(), protocols)
            .ofPairs(ReferenceFeatures.of(features), otherFeatures, bootstrap);
    metrics.putAll(compared.metrics());
    metrics.putAll(scores.metrics(protocols));
    List<String> notes = new ArrayList<>(List.of(pairs.note()));
    notes.addAll(pairs.remarks());
    notes.addAll(Caveats.of(count, extractor.spec(), perceptual.isPresent()));
    notes.addAll(compared.notes());
    notes.addAll(scores.notes());
    return new Outcome(metrics, notes);
  }
}
