package dev.vernier.spi.support.features.published;

import java.util.List;

/**
 * What LPIPS does with activations: unit length over channels, squared differences weighted by
 * channel, the mean over positions, the sum over layers. In double, in a fixed order.
 */
final class LpipsHead {
  private static final double EPSILON = 1e-10;

  private final List<float[]> weights;

  /** A head with a weight a channel for each layer. */
  LpipsHead(List<float[]> weights) {
    this.weights = List.copyOf(weights);
  }

  /**
   * The contribution of a layer.
   *
   * @param layer counted from 0
   * @param at where {@code [channels, area]} begins in both arrays
   */
  double distance(int layer, float[] first, float[] second, int at, int area) {
    float[] weight = weights.get(layer);
    double[] firstScale = scales(first, at, weight.length, area);
    double[] secondScale = scales(second, at, weight.length, area);
    double sum = 0;
    for (int c = 0; c < weight.length; c++) {
      double channel = 0;
      int from = at + c * area;
      for (int p = 0; p < area; p++) {
        double difference = first[from + p] * firstScale[p] - second[from + p] * secondScale[p];
        channel += difference * difference;
      }
      sum += weight[c] * channel;
    }
    return sum / area;
  }

  /** One over the length of each position's vector. */
  private static double[] scales(float[] values, int at, int channels, int area) {
    double[] scales = new double[area];
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < area; p++) {
        double value = values[at + c * area + p];
        scales[p] += value * value;
      }
    }
    for (int p = 0; p < area; p++) {
      scales[p] = 1 / (Math.sqrt(scales[p]) + EPSILON);
    }
    return scales;
  }
}
