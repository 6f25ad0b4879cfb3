package dev.vernier.spi;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a vision model says of a batch; owns its arrays.
 *
 * @param pooled float {@code [batch, dimension]}, the global feature
 * @param logits float {@code [batch, classes]}, unnormalised class scores
 * @param spatial float {@code [batch, spatialDimension, height, width]}, features of patches
 */
public record Features(INDArray pooled, INDArray logits, INDArray spatial)
    implements AutoCloseable {
  @Override
  public void close() {
    pooled.close();
    logits.close();
    spatial.close();
  }
}
