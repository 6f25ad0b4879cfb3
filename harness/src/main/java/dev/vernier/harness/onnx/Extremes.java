package dev.vernier.harness.onnx;

import java.util.Arrays;

/** The lowest and the highest value of each colour in images. */
final class Extremes {
  static final int CHANNELS = 3;

  private final float[] lowest = new float[CHANNELS];
  private final float[] highest = new float[CHANNELS];

  /** Of no images yet: the lowest value lies above the highest. */
  Extremes() {
    Arrays.fill(lowest, Float.POSITIVE_INFINITY);
    Arrays.fill(highest, Float.NEGATIVE_INFINITY);
  }

  /**
   * Adds images.
   *
   * @param values {@code [N, 3, height, width]}
   * @param area of an image, in pixels
   */
  void add(float[] values, int area) {
    for (int from = 0; from < values.length; from += area) {
      int channel = from / area % CHANNELS;
      float low = lowest[channel];
      float high = highest[channel];
      for (int i = from; i < from + area; i++) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
      lowest[channel] = low;
      highest[channel] = high;
    }
  }

  float lowest(int channel) {
    return lowest[channel];
  }

  float highest(int channel) {
    return highest[channel];
  }

  /** The lowest value of all colours. */
  float lowest() {
    return Math.min(lowest[0], Math.min(lowest[1], lowest[2]));
  }

  /** The highest value of all colours. */
  float highest() {
    return Math.max(highest[0], Math.max(highest[1], highest[2]));
  }
}
