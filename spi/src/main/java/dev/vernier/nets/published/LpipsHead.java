package dev.vernier.nets.published;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.UnitLength;
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
   * @param at where {@code [area, channels]} begins in both arrays
   */
  double distance(int layer, float[] first, float[] second, int at, int area) {
    float[] weight = weights.get(layer);
    double[] channels = new double[weight.length];
    for (int p = 0; p < area; p++) {
      int from = at + p * weight.length;
      double firstScale = scale(first, from, weight.length);
      double secondScale = scale(second, from, weight.length);
      for (int c = 0; c < weight.length; c++) {
        double difference = first[from + c] * firstScale - second[from + c] * secondScale;
        channels[c] += difference * difference;
      }
    }
    double sum = 0;
    for (int c = 0; c < weight.length; c++) {
      sum += weight[c] * channels[c];
    }
    return sum / area;
  }

  /**
   * The distance in a graph, as a mean over pairs. Nothing is dropped out.
   *
   * @param first activations of each layer
   * @param second the same sizes
   */
  SDVariable mean(List<FeatureMap> first, List<FeatureMap> second) {
    SDVariable sum = null;
    for (int layer = 0; layer < weights.size(); layer++) {
      SDVariable difference = unit(first.get(layer)).sub(unit(second.get(layer)));
      SDVariable channels = difference.mul(difference).mean(0, 1, 2);
      SDVariable distance = channels.mul(weight(first.get(layer).graph(), layer)).sum();
      sum = sum == null ? distance : sum.add(distance);
    }
    return sum;
  }

  private static SDVariable unit(FeatureMap activation) {
    SDVariable x = activation.value();
    return x.div(UnitLength.length(3, x, TINY).add(EPSILON));
  }

  private SDVariable weight(Graph graph, int layer) {
    float[] weight = weights.get(layer);
    return graph.frozen("lpips.linear" + layer, weight, weight.length);
  }

  /** One over the length of a position's vector. */
  private static double scale(float[] values, int at, int channels) {
    double square = 0;
    for (int c = at; c < at + channels; c++) {
      square += (double) values[c] * values[c];
    }
    return 1 / (Math.sqrt(square) + EPSILON);
  }
}
