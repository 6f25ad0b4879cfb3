package dev.vernier.harness.evaluation;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.protocols.Reconstruction;
import dev.vernier.harness.protocols.Rounding;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pooled features of the images of one batch. Protocols that look at the same pixels through the
 * same net share them.
 */
final class BatchFeatures {
  private final Map<String, float[]> known = new HashMap<>();

  /** The features of images, which may differ in size, row by row. */
  float[] of(FeatureExtractor extractor, List<LabelledImage> images) {
    ContentHash hash = new ContentHash().add(extractor.spec().name());
    images.forEach(image -> hash.add(image.size().text()).add(image.rgb()));
    return known.computeIfAbsent(
        hash.hexadecimal(),
        key -> FiniteFeatures.require(extractor.pooled(images), extractor, images));
  }

  /**
   * The features of reconstructions as a protocol rounds them; empty where they were rounded
   * before.
   *
   * @param originals give the reconstructions their size
   */
  Optional<float[]> of(
      FeatureExtractor extractor,
      List<LabelledImage> originals,
      List<Reconstruction> back,
      Rounding rounding) {
    List<float[]> levels = new ArrayList<>();
    for (Reconstruction each : back) {
      Optional<float[]> some = each.levels(rounding);
      if (some.isEmpty()) {
        return Optional.empty();
      }
      levels.add(some.get());
    }
    return Optional.of(
        rounding == Rounding.NONE
            ? FiniteFeatures.require(
                ofFloats(extractor, originals.get(0), levels), extractor, originals)
            : of(extractor, images(originals, levels)));
  }

  private static List<LabelledImage> images(List<LabelledImage> originals, List<float[]> levels) {
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      float[] each = levels.get(i);
      byte[] rgb = new byte[each.length];
      for (int p = 0; p < rgb.length; p++) {
        rgb[p] = (byte) (int) each[p];
      }
      LabelledImage original = originals.get(i);
      images.add(new LabelledImage(original.id(), original.label(), original.size(), rgb));
    }
    return images;
  }

  private static float[] ofFloats(
      FeatureExtractor extractor, LabelledImage first, List<float[]> levels) {
    int each = levels.get(0).length;
    float[] values = new float[levels.size() * each];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (levels.get(i / each)[i % each] / 127.5 - 1);
    }
    try (INDArray flat = Nd4j.createFromArray(values);
        INDArray images =
            flat.reshape(levels.size(), 3, first.size().height(), first.size().width());
        Features features = extractor.extract(images)) {
      return Pixels.toFloats(features.pooled());
    }
  }
}
