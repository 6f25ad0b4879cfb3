package dev.vernier.harness.onnx;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.Pixels;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An ONNX model as a feature extractor. It always computes batches of one size, so an image's
 * features do not depend on the company it comes in.
 */
final class OnnxFeatures implements FeatureExtractor {
  private final ImageModel model;
  private final Normalization normalization;
  private final FeatureOutputs outputs;
  private final FeatureSpec spec;

  /**
   * An extractor.
   *
   * @param model closed with this
   * @param hash of its file
   */
  OnnxFeatures(ImageModel model, FeatureOutputs outputs, Normalization normalization, String hash) {
    this.model = model;
    this.normalization = normalization;
    this.outputs = outputs;
    this.spec =
        new FeatureSpec(
            "onnx-" + normalization.label() + "-" + model.input().side(),
            outputs.dimension(),
            0,
            outputs.patches().map(FeatureOutputs.Patches::channels).orElse(0),
            hash,
            false);
  }

  @Override
  public FeatureSpec spec() {
    return spec;
  }

  @Override
  public Features extract(INDArray images) {
    int count = (int) images.size(0);
    float[] pixels = Pixels.toFloats(images);
    float[] pooled = new float[count * spec.dimension()];
    float[] spatial = new float[outputs.patches().map(p -> count * p.length()).orElse(0)];
    int batch = model.input().batch();
    for (int first = 0; first < count; first += batch) {
      int present = Math.min(batch, count - first);
      show(pixels, first, present, (int) images.size(2), (int) images.size(3));
      Map<String, float[]> values = model.values(outputs.names());
      for (int i = 0; i < present; i++) {
        outputs.pooled(values, i, pooled, first + i);
        outputs.spatial(values, i, spatial, first + i);
      }
    }
    return new Features(
        array(pooled, count, spec.dimension()),
        Optional.empty(),
        outputs.patches().map(p -> array(spatial, count, p.channels(), p.height(), p.width())));
  }

  private void show(float[] pixels, int first, int present, int height, int width) {
    FloatBuffer target = model.images().clear();
    int each = 3 * height * width;
    for (int i = first; i < first + present; i++) {
      model.input().write(pixels, i * each, height, width, normalization, target);
    }
    while (target.hasRemaining()) {
      target.put(0);
    }
  }

  private static INDArray array(float[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape('c', shape);
  }

  @Override
  public void close() {
    model.close();
  }
}
