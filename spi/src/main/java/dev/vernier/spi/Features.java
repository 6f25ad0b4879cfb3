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
 * @param layout float {@code [batch, n]}, some channels of an inner map with every place of it,
 *     which the sFID is computed from: row by row, and of each place its channels, as published
 *     statistics have them; empty where the model names none
 */
public record Features(
    INDArray pooled,
    Optional<INDArray> logits,
    Optional<INDArray> spatial,
    Optional<INDArray> layout)
    implements AutoCloseable {
  /** Features of a model that names no layout. */
  public Features(INDArray pooled, Optional<INDArray> logits, Optional<INDArray> spatial) {
    this(pooled, logits, spatial, Optional.empty());
  }

  /** Features of a model that has all of them but names no layout. */
  public Features(INDArray pooled, INDArray logits, INDArray spatial) {
    this(pooled, Optional.of(logits), Optional.of(spatial));
  }

  @Override
  public void close() {
    pooled.close();
    logits.ifPresent(INDArray::close);
    spatial.ifPresent(INDArray::close);
    layout.ifPresent(INDArray::close);
  }
}
