package dev.vernier.generators.far;

import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.UsageException;
import java.util.Arrays;

/**
 * The entries of a sub-codebook that may be drawn, and the drawing. Top-k keeps those that tie with
 * the k-th; top-p then keeps the most probable up to a mass, with the one that crosses it, as FAR
 * and LlamaGen filter, and with those that tie with that one, among which their order is open.
 * Keeps room for one sub-codebook; not safe for use by several threads.
 */
final class Candidates {
  private final float[] sorted;
  private final double[] weights;

  /** Room for sub-codebooks of up to so many entries. */
  Candidates(int entries) {
    this.sorted = new float[entries];
    this.weights = new double[entries];
  }

  /**
   * The smallest logit that stays; all from it on do.
   *
   * @param from place of the first logit
   * @param size how many there are
   */
  float threshold(float[] logits, int from, int size, int topK, double topP) {
    boolean all = (topK == 0 || topK >= size) && topP >= 1;
    if (all) {
      return Float.NEGATIVE_INFINITY;
    }
    System.arraycopy(logits, from, sorted, 0, size);
    Arrays.sort(sorted, 0, size);
    float lowest = topK == 0 || topK >= size ? sorted[0] : sorted[size - topK];
    return topP >= 1 ? lowest : nucleus(size, lowest, topP);
  }

  /** The logit that crosses the mass, among those from the lowest on. */
  private float nucleus(int size, float lowest, double topP) {
    double largest = sorted[size - 1];
    double total = 0;
    int first = size;
    while (first > 0 && sorted[first - 1] >= lowest) {
      first--;
      total += Math.exp(sorted[first] - largest);
    }
    double mass = 0;
    for (int i = size - 1; i >= first; i--) {
      mass += Math.exp(sorted[i] - largest);
      if (mass > topP * total) {
        return sorted[i];
      }
    }
    return sorted[first];
  }

  /**
   * Draws an entry.
   *
   * @param logits divided by the temperature already
   * @param uniform in [0, 1)
   */
  int draw(float[] logits, int from, int size, SamplingSettings.Draw draw, double uniform) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + size; i++) {
      largest = Math.max(largest, logits[i]);
    }
    if (!Double.isFinite(largest)) {
      throw new UsageException(
          "the generator's logits are not finite: lower guidance, raise temperature, or train it"
              + " with a lower learning-rate");
    }
    float threshold = threshold(logits, from, size, draw.topK(), draw.topP());
    double total = 0;
    for (int i = 0; i < size; i++) {
      weights[i] = logits[from + i] >= threshold ? Math.exp(logits[from + i] - largest) : 0;
      total += weights[i];
    }
    double rest = uniform * total;
    int last = 0;
    for (int i = 0; i < size; i++) {
      if (weights[i] > 0) {
        last = i;
        rest -= weights[i];
        if (rest < 0) {
          return i;
        }
      }
    }
    // Rounding left a rest: the last one that can be drawn.
    return last;
  }
}
