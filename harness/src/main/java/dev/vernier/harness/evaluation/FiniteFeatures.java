package dev.vernier.harness.evaluation;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.UsageException;
import java.util.List;

/** What a net says of images, which may be a net that a user gives. */
final class FiniteFeatures {
  private FiniteFeatures() {}

  /**
   * The values, looked at.
   *
   * @param values {@code [images.size(), any]}
   * @throws UsageException if one is NaN or infinite; the message names net and image
   */
  static float[] require(float[] values, FeatureExtractor extractor, List<LabelledImage> images) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        int image = i / (values.length / images.size());
        throw new UsageException(
            "the features %s of image %s hold %s, so nothing can be measured with them: choose other --features, or repair the model"
                .formatted(extractor.spec().name(), images.get(image).id(), values[i]));
      }
    }
    return values;
  }
}
