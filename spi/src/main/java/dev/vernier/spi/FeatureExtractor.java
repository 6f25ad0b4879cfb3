package dev.vernier.spi;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A frozen vision model. Not safe for use by several threads at once. */
public interface FeatureExtractor extends AutoCloseable {
  /** What the model is. */
  FeatureSpec spec();

  /**
   * The features of images. The result for an image does not depend on the batch it came in, bit by
   * bit.
   *
   * @param images {@code [batch, 3, height, width]} in [-1, 1], any size; stays the caller's
   * @return new arrays; the caller closes them
   */
  Features extract(INDArray images);

  /**
   * The pooled features of images that may differ in size, by default one image after the other.
   *
   * @return {@code [images.size(), dimension]}
   */
  default float[] pooled(List<LabelledImage> images) {
    int dimension = spec().dimension();
    float[] rows = new float[images.size() * dimension];
    for (int i = 0; i < images.size(); i++) {
      try (INDArray image = Pixels.toArray(images.subList(i, i + 1));
          Features features = extract(image)) {
        float[] pooled = Pixels.toFloats(features.pooled());
        System.arraycopy(pooled, 0, rows, i * dimension, dimension);
      }
    }
    return rows;
  }

  /**
   * Frees memory needed only while images are processed, which is allocated again on the next call:
   * what is computed from the features of many images needs the room. By default nothing is freed.
   */
  default void idle() {}

  /** Frees native memory. */
  @Override
  void close();
}
