package dev.vernier.harness.metrics;

/** Reduces the sides of pictures to a whole fraction, by means over squares. */
public final class AveragePooling {
  private AveragePooling() {}

  /**
   * The means over squares that do not overlap; what is left over at the right and below is
   * dropped.
   *
   * @param values planar {@code [3, height, width]}
   * @param side of a square
   * @return planar {@code [3, height / side, width / side]}
   */
  public static float[] of(float[] values, int height, int width, int side) {
    int rows = height / side;
    int columns = width / side;
    float[] means = new float[3 * rows * columns];
    for (int i = 0; i < means.length; i++) {
      int channel = i / (rows * columns);
      int top = channel * height + i / columns % rows * side;
      int left = i % columns * side;
      double sum = 0;
      for (int y = top; y < top + side; y++) {
        for (int x = left; x < left + side; x++) {
          sum += values[y * width + x];
        }
      }
      means[i] = (float) (sum / (side * side));
    }
    return means;
  }
}
