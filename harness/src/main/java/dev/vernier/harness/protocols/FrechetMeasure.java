package dev.vernier.harness.protocols;

import dev.vernier.records.MetricKind;
import java.util.Map;

/**
 * A Frechet Inception distance of reconstructions, as a protocol has it.
 *
 * @param resize how images are brought before Inception: the value of the setting that {@link
 *     dev.vernier.spi.FeatureExtractorProvider#publishedResize} names
 * @param reconstruction how the reconstruction is rounded before that
 * @param uncropped whether the reference is what the dataset was made from, images of all sizes
 *     squashed to squares, and not what the tokenizer saw
 */
public record FrechetMeasure(
    MetricKind kind, String resize, Rounding reconstruction, boolean uncropped) {
  /** The parts of its protocol, but for the features. */
  public Map<String, String> parts() {
    return Map.of(
        "covariance",
        "N - 1, float64, symmetric root",
        "rounding",
        reconstruction.description(),
        "originals",
        uncropped ? "not cropped" : "as prepared");
  }
}
