package dev.vernier.harness.onnx;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a decoder gives what it is taken to give. Its darkest and its brightest value of each
 * colour should be about those of the images; where they are far from them, and would be near them
 * in another range, that one is likelier. A decoder that is poor, or exceeds its range, is near in
 * none.
 */
final class DecodedRange {
  /** What black and white are to each other, where values are compared. */
  private static final double WHOLE = 2;

  private static final double FAR = WHOLE * 3 / 8;
  private static final double NEAR = WHOLE / 8;

  private final Normalization taken;
  private final Extremes images = new Extremes();
  private final Extremes decoded = new Extremes();

  /**
   * Of no images yet.
   *
   * @param taken what the decoder is taken to give
   */
  DecodedRange(Normalization taken) {
    this.taken = taken;
  }

  /**
   * Adds images as they are.
   *
   * @param pixels {@code [N, 3, height, width]} in [-1, 1]
   * @param area of an image, in pixels
   */
  void addImages(float[] pixels, int area) {
    images.add(pixels, area);
  }

  /**
   * Adds images as the decoder gives them.
   *
   * @param values {@code [N, 3, height, width]}
   * @param area of an image, in pixels
   */
  void addDecoded(float[] values, int area) {
    decoded.add(values, area);
  }

  /** The range that it clearly has, where that is another one. */
  Optional<Normalization> likelier() {
    return distance(taken) < FAR
        ? Optional.empty()
        : Normalization.RANGES.stream()
            .filter(each -> distance(each) <= NEAR)
            .min(Comparator.comparingDouble(this::distance));
  }

  /** How far the extremes are from those of the images, were they in a range. */
  private double distance(Normalization range) {
    double distance = 0;
    for (int c = 0; c < Extremes.CHANNELS; c++) {
      for (double each :
          List.of(
              range.back(decoded.lowest(c), c) - (double) images.lowest(c),
              range.back(decoded.highest(c), c) - (double) images.highest(c))) {
        distance = Math.max(distance, Math.abs(each));
      }
    }
    return distance;
  }

  /** The lowest value that the decoder gave. */
  float lowest() {
    return decoded.lowest();
  }

  /** The highest value that the decoder gave. */
  float highest() {
    return decoded.highest();
  }
}
