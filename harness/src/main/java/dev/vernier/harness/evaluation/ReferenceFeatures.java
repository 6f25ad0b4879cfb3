package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.harness.metrics.FeatureStatistics;
import java.util.Optional;

/**
 * What a reference says to one extractor.
 *
 * @param statistics of the pooled features
 * @param layout statistics of the layout features; empty where there are none
 * @param pooled features of images one by one; empty where only statistics are known
 */
public record ReferenceFeatures(
    FeatureStatistics statistics,
    Optional<FeatureStatistics> layout,
    Optional<FeatureMatrix> pooled) {
  /** Those of a set of images. */
  public static ReferenceFeatures of(FeatureTable images) {
    return new ReferenceFeatures(
        FeatureStatistics.of(images.pooled()), images.layout(), Optional.of(images.pooled()));
  }
}
