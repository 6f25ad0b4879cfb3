package dev.vernier.tests.engine;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A model whose features are the first pixels of an image; counts how often it looks. */
final class FirstPixels implements FeatureExtractor {
  private final int width;
  private int looks;

  FirstPixels(int width) {
    this.width = width;
  }

  /** How many batches it has seen. */
  int looks() {
    return looks;
  }

  @Override
  public FeatureSpec spec() {
    return new FeatureSpec("first-pixels", width, 0, 0, "first-pixels", false);
  }

  @Override
  public Features extract(INDArray images) {
    looks++;
    int batch = (int) images.size(0);
    INDArray pooled = Nd4j.create(DataType.FLOAT, batch, width);
    for (int i = 0; i < batch; i++) {
      for (int j = 0; j < width; j++) {
        pooled.putScalar(i, j, images.getFloat(i, 0, 0, j));
      }
    }
    return new Features(pooled, Optional.empty(), Optional.empty());
  }

  @Override
  public void close() {
    // Nothing to free.
  }
}
