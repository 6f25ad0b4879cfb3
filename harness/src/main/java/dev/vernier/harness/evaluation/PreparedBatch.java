package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.Ssim;
import dev.vernier.harness.protocols.BicubicInterpolation;
import dev.vernier.harness.protocols.PairMeasure;
import dev.vernier.harness.protocols.Reconstruction;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Some images as one protocol has them.
 *
 * @param uncropped the originals of any size
 * @param cropped as the tokenizer saw them
 * @param reference crops of the size that is measured; the above where that is the tokenizer's
 * @param back what came back, in the size that is measured
 */
record PreparedBatch(
    List<LabelledImage> uncropped,
    List<LabelledImage> cropped,
    List<LabelledImage> reference,
    List<Reconstruction> back) {

  /**
   * Brings what came back to the size that is measured; empty where it was rounded before.
   *
   * @param reference crops of that size
   * @param back of the tokenizer's size
   */
  static Optional<PreparedBatch> of(
      List<LabelledImage> uncropped,
      List<LabelledImage> cropped,
      List<LabelledImage> reference,
      List<Reconstruction> back) {
    int from = side(cropped);
    int to = side(reference);
    if (from == to) {
      return Optional.of(new PreparedBatch(uncropped, cropped, reference, back));
    }
    List<Reconstruction> resized = new ArrayList<>();
    back.forEach(each -> each.resized(from, to).ifPresent(resized::add));
    return resized.size() < back.size()
        ? Optional.empty()
        : Optional.of(new PreparedBatch(uncropped, cropped, reference, resized));
  }

  private static int side(List<LabelledImage> squares) {
    return squares.get(0).size().height();
  }

  /** The size that is measured. */
  ImageSize size() {
    return reference.get(0).size();
  }

  /** What a measure says of one image; empty where that was rounded before. */
  OptionalDouble score(PairMeasure measure, int image) {
    byte[] original = cropped.get(image).rgb();
    int from = side(cropped);
    int to = side(reference);
    return from == to
        ? measure.of(original, back.get(image), size())
        : measure.of(
            BicubicInterpolation.of(Ssim.levels(original), from, to), back.get(image), size());
  }
}
