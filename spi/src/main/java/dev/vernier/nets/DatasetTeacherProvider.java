package dev.vernier.nets;

import dev.vernier.spi.ImageSize;

/**
 * The dataset's own net that teaches: in perceptual losses, and where the user gives no teacher.
 */
public final class DatasetTeacherProvider extends DatasetNetProvider {
  private static final int VERSION = 1;

  @Override
  public String name() {
    return "dataset-teacher";
  }

  @Override
  public String description() {
    return "a small residual net trained once on the dataset's own classes; teaches where the user"
        + " gives no other, and does not score beside itself";
  }

  @Override
  public boolean teachesByDefault() {
    return true;
  }

  @Override
  Classifier net(ImageSize size, int classes) {
    return new ResidualClassifier(size, classes);
  }

  @Override
  int version() {
    return VERSION;
  }
}
