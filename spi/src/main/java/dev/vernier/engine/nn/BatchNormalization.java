package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import org.nd4j.autodiff.samediff.SDVariable;

/** Batch normalization with an affine map, epsilon 1e-5 (Ioffe and Szegedy 2015). */
public final class BatchNormalization {
  private static final double EPSILON = 1e-5;
  private static final double SPREAD = 0.02;

  private BatchNormalization() {}

  /**
   * Normalizes by the batch's own statistics, as in training.
   *
   * @param name prefix of {@code .weight} and {@code .bias}, both {@code [channels]}
   */
  public static Trained training(String name, FeatureMap x) {
    long count = (long) x.batch() * x.area();
    SDVariable mean = x.value().mean(true, 0, 1, 2);
    SDVariable centered = x.value().sub(mean);
    SDVariable variance = centered.mul(centered).mean(true, 0, 1, 2);
    FeatureMap y = affine(name, x, centered, variance);
    return new Trained(
        y, mean.reshape(x.channels()), variance.mul(count / (count - 1.0)).reshape(x.channels()));
  }

  /**
   * Normalizes by given statistics, as in evaluation.
   *
   * @param mean {@code [channels]}
   * @param variance {@code [channels]}
   */
  public static FeatureMap evaluation(
      String name, FeatureMap x, SDVariable mean, SDVariable variance) {
    SDVariable centered = x.value().sub(mean.reshape(1, 1, 1, x.channels()));
    return affine(name, x, centered, variance.reshape(1, 1, 1, x.channels()));
  }

  private static FeatureMap affine(
      String name, FeatureMap x, SDVariable centered, SDVariable variance) {
    Graph graph = x.graph();
    int channels = x.channels();
    Initializer aroundOne =
        (values, random) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1 + SPREAD * random.nextGaussian());
          }
        };
    SDVariable weight = graph.parameter(name + ".weight", aroundOne, channels);
    SDVariable bias = graph.parameter(name + ".bias", Initializer.constant(0), channels);
    SDVariable deviation = graph.sameDiff().math().sqrt(variance.add(EPSILON));
    return x.with(
        centered
            .div(deviation)
            .mul(weight.reshape(1, 1, 1, channels))
            .add(bias.reshape(1, 1, 1, channels)));
  }

  /**
   * A normalized map and the statistics that running averages take up.
   *
   * @param map the result
   * @param mean {@code [channels]}
   * @param variance {@code [channels]}, unbiased
   */
  public record Trained(FeatureMap map, SDVariable mean, SDVariable variance) {}
}
