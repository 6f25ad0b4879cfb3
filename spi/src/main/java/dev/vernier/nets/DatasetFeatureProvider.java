package dev.vernier.nets;

import dev.vernier.spi.ImageSize;

/**
 * The dataset's own net that scores. Numbers from it rank tokenizers on one dataset; they cannot be
 * compared with published ones. It is of another architecture than the net that teaches.
 */
public final class DatasetFeatureProvider extends DatasetNetProvider {
  private static final int VERSION = 2;

  @Override
  public String name() {
    return "dataset";
  }

  @Override
  public String description() {
    return "a small transformer trained once on the dataset's own classes, or where it has none on"
        + " which way up its images are; not comparable to papers";
  }

  @Override
  Classifier net(ImageSize size, int classes) {
    return new TokenClassifier(size, classes);
  }

  @Override
  int version() {
    return VERSION;
  }
}
