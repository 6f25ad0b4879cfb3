package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.UsageException;
import dev.vernier.spi.results.Metric;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares images with their reconstructions by any tool. The images are paired: by name where both
 * sets have the same names up to the extension, else by their order.
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
   * Measures the second set against the first, whose images are cropped to the second's size.
   *
   * @throws UsageException if the sets cannot be paired
   */
  public Map<String, Metric> compare(Path realSource, ImageSet real, Path source, ImageSet other) {
    if (real.images().size() != other.images().size()) {
      throw new UsageException(
          realSource
              + " has "
              + real.images().size()
              + " images, "
              + source
              + " has "
              + other.images().size()
              + ": rFID pairs every image with its reconstruction");
    }
    if (real.images().size() < 2) {
      throw new UsageException(
          realSource + " has one image, statistics need at least 2: add more images");
    }
    int size = other.size(source);
    List<LabelledImage> originals = real.squares(size);
    List<LabelledImage> others = other.squares(size);
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
    metrics.putAll(
        new FeatureMetrics(extractor.spec(), protocols)
            .compare(features, otherFeatures, bootstrap)
            .metrics());
    metrics.putAll(scores.metrics(protocols));
    return metrics;
  }

  private static String hash(List<LabelledImage> images) {
    ContentHash hash = new ContentHash();
    images.forEach(image -> hash.add(image.rgb()));
    return hash.hexadecimal();
  }
}
