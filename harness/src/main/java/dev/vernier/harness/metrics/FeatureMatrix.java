package dev.vernier.harness.metrics;

/**
 * The features of images, one row an image.
 *
 * @param values row-major {@code [rows, columns]}; not to be changed
 * @param rows number of images
 * @param columns dimension of a feature
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
public record FeatureMatrix(float[] values, int rows, int columns) {
  /** Checks the size. */
  public FeatureMatrix {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          values.length + " values are no " + rows + " x " + columns + " features");
    }
  }
}
