package dev.vernier.tests;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vision model for tests: a patch's feature is its mean colour, on a grid of 4 x 4 patches;
 * images of any height and width that 4 divides.
 */
final class MeanColours implements FeatureExtractor {
  private static final int GRID = 4;

  @Override
  public FeatureSpec spec() {
    return new FeatureSpec("mean-colours", 3, 3, 3, "mean-colours-of-4x4-patches", false);
  }

  @Override
  public Features extract(INDArray images) {
    long batch = images.size(0);
    long height = images.size(2) / GRID;
    long width = images.size(3) / GRID;
    try (INDArray patches = images.dup('c').reshape('c', batch, 3, GRID, height, GRID, width)) {
      INDArray spatial = patches.mean(3, 5).dup('c');
      return new Features(spatial.mean(2, 3).dup('c'), spatial.mean(2, 3).dup('c'), spatial);
    }
  }

  @Override
  public void close() {
    // Nothing to free.
  }
}
