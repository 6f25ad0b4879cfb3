package dev.vernier.harness.protocols;

import dev.vernier.harness.metrics.Ssim;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.ImageSize;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A metric of originals and their reconstructions, as a protocol has it.
 *
 * @param original how the original is rounded before it is compared; {@link Rounding#NONE} leaves
 *     it as it is
 * @param reconstruction how the reconstruction is
 * @param batch images whose mean is taken before the mean of all batches, which gives those of a
 *     shorter last batch more weight; 1 for the mean over images
 */
public record PairMeasure(
    MetricKind kind, PairScore score, Rounding original, Rounding reconstruction, int batch) {
  /**
   * The score of one image; empty where what came back was rounded before.
   *
   * @param image planar {@code [3, height, width]}, unsigned bytes
   */
  public OptionalDouble of(byte[] image, Reconstruction back, ImageSize size) {
    return of(
        original == Rounding.NONE ? Ssim.levels(image) : Levels.of(image, original), back, size);
  }

  /**
   * The same of an original that is not rounded.
   *
   * @param image planar {@code [3, height, width]}, levels from 0 to 255 and what lies beyond
   */
  public OptionalDouble of(float[] image, Reconstruction back, ImageSize size) {
    return back.levels(reconstruction)
        .map(levels -> OptionalDouble.of(score.of(image, levels, size)))
        .orElse(OptionalDouble.empty());
  }

  /** The metric from the scores of all images, in their order. */
  public double mean(double[] scores) {
    double sum = 0;
    int batches = 0;
    for (int from = 0; from < scores.length; from += batch) {
      int to = Math.min(scores.length, from + batch);
      sum += Arrays.stream(scores, from, to).sum() / (to - from);
      batches++;
    }
    return sum / batches;
  }

  /** Whether it is a plain mean over images. */
  public boolean ofImages() {
    return batch == 1;
  }

  /** The parts of its protocol. */
  public Map<String, String> parts() {
    return Map.of(
        "score",
        score.description(),
        "original",
        original == Rounding.NONE ? "8 bits as prepared" : original.description(),
        "rounding",
        reconstruction.description(),
        "mean",
        ofImages() ? "over images" : "over batches of " + batch + " images, of their means");
  }
}
