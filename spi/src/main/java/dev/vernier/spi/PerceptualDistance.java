package dev.vernier.spi;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A learned distance between images, such as LPIPS. Not safe for use by several threads at once.
 */
public interface PerceptualDistance extends AutoCloseable {
  /**
   * The name that goes with every number, version and backbone included, such as {@code
   * lpips.alex.v0.1}.
   */
  String name();

  /** SHA-256 of the weights, in hexadecimal. */
  String hash();

  /**
   * The distance of each pair; it does not depend on the batch a pair came in, bit by bit.
   *
   * @param images float {@code [batch, 3, height, width]} in [-1, 1]; stays the caller's
   * @param others the same shape; stays the caller's
   * @return one distance a pair
   */
  double[] distances(INDArray images, INDArray others);

  /** Frees native memory. */
  @Override
  void close();
}
