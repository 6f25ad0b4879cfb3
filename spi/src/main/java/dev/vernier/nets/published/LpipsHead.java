package dev.vernier.nets.published;

import dev.vernier.engine.program.Graph;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What LPIPS does with activations: unit length over channels, squared differences weighted by
 * channel, the mean over positions, the sum over layers. Where it measures, in double and in a
 * fixed order; where it trains, in a graph.
 */
final class LpipsHead {
  private static final double EPSILON = 1e-10;

  /**
   * Far below the square of the other epsilon, so that it changes no value; but the root has a
   * gradient where all channels are 0.
   */
  private static final double TINY = 1e-30;

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

  /**
   * The distance in a graph, as a mean over pairs. Nothing is dropped out.
   *
   * @param first activations of each layer
   * @param second the same sizes
   */
  SDVariable mean(List<Activation> first, List<Activation> second) {
    SDVariable sum = null;
    for (int layer = 0; layer < weights.size(); layer++) {
      SDVariable difference = unit(first.get(layer)).sub(unit(second.get(layer)));
      SDVariable channels = difference.mul(difference).mean(0, 2, 3);
      SDVariable distance = channels.mul(weight(first.get(layer).graph(), layer)).sum();
      sum = sum == null ? distance : sum.add(distance);
    }
    return sum;
  }

  private static SDVariable unit(Activation activation) {
    SDVariable x = activation.value();
    SDVariable length = x.getSameDiff().math().sqrt(x.mul(x).sum(true, 1).add(TINY));
    return x.div(length.add(EPSILON));
  }

  private SDVariable weight(Graph graph, int layer) {
    float[] weight = weights.get(layer);
    return PublishedWeights.constant(graph, "lpips.linear" + layer, weight, weight.length);
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
