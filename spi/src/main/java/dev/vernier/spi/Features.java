package dev.vernier.spi;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a vision model says of a batch; owns its arrays.
 *
 * @param pooled float {@code [batch, dimension]}, the global feature
 * @param logits float {@code [batch, classes]}, unnormalised class scores; empty where the model
 *     has no classes
 * @param spatial float {@code [batch, spatialDimension, height, width]}, features of patches; empty
 *     where the model has no spatial features
 */
public record Features(INDArray pooled, Optional<INDArray> logits, Optional<INDArray> spatial)
    implements AutoCloseable {
  /** Features of a model that has all of them. */
  public Features(INDArray pooled, INDArray logits, INDArray spatial) {
    this(pooled, Optional.of(logits), Optional.of(spatial));
  }

  @Override
  public void close() {
    pooled.close();
    logits.ifPresent(INDArray::close);
    spatial.ifPresent(INDArray::close);
  }
}
