package dev.vernier.spi;

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

  /** Frees native memory. */
  @Override
  void close();
}
