package dev.vernier.harness.evaluation;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An extractor whose features are the means of the three colours; counts what it looks at. */
final class MeanColours implements FeatureExtractor {
  private final String name;
  private int images;
  private boolean idle = true;

  MeanColours(String name) {
    this.name = name;
  }

  /** How many images it has seen. */
  int images() {
    return images;
  }

  /** Whether it has looked at nothing since it was last told that it may rest. */
  boolean isIdle() {
    return idle;
  }

  @Override
  public FeatureSpec spec() {
    return new FeatureSpec(name, 3, 0, 0, "hash of " + name, true);
  }

  @Override
  public Features extract(INDArray batch) {
    images += (int) batch.size(0);
    idle = false;
    return new Features(batch.mean(2, 3), Optional.empty(), Optional.empty());
  }

  @Override
  public void idle() {
    idle = true;
  }

  @Override
  public void close() {
    // Nothing to free.
  }
}
