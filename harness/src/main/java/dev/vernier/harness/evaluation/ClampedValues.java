package dev.vernier.harness.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * How far decoded values lie beyond [-1, 1], where they are clamped before anything is measured. A
 * net overshoots a little in black and white, and is the better for it; a decoder that means
 * another range, such as [0, 255], loses most of what it says, and its numbers would pass for those
 * of a bad tokenizer. A range within [-1, 1], such as [0, 1], does not show here.
 */
final class ClampedValues {
  /**
   * The mean over all values from which on it is said, 16 of 255 levels: a net that overshoots by
   * as much in every value has not learned its range. Bytes are beyond by thousands of levels,
   * colours normalized by ImageNet's mean and deviation by 20 or more.
   */
  private static final double WORTH_SAYING = 16 / 127.5;

  private long values;
  private long beyond;
  private double excess;
  private float lowest = Float.POSITIVE_INFINITY;
  private float highest = Float.NEGATIVE_INFINITY;

  /** Adds values as the decoder gives them, all of them finite. */
  void add(float[] decoded) {
    values += decoded.length;
    for (float value : decoded) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
      if (Math.abs(value) > 1) {
        beyond++;
        excess += Math.abs(value) - 1;
      }
    }
  }

  /**
   * What the reader has to know; nothing where too little was lost to be worth a line.
   *
   * @param decoder what decoded them
   */
  List<String> notes(String decoder) {
    if (excess <= values * WORTH_SAYING) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%s decodes to values from %.2f to %.2f, %.0f%% of them beyond [-1, 1], where they were"
                + " clamped: if it means another range, have it decode to [-1, 1]",
            decoder,
            lowest,
            highest,
            100.0 * beyond / values));
  }
}
