package dev.vernier.tokenizers.lfq;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.GroupNormalization;
import dev.vernier.engine.nn.Linear;
import dev.vernier.engine.program.Graph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Open-MAGVIT2's adaptive group normalization: each channel's scale is a linear map of the standard
 * deviations of the code's channels over positions, its shift one of their means.
 */
final class AdaptiveNormalization {
  private static final double EPSILON = 1e-6;

  private AdaptiveNormalization() {}

  /**
   * Normalizes.
   *
   * @param name prefix of {@code gamma} and {@code beta}, linear layers from the code's channels
   * @param code of the same images
   */
  static FeatureMap apply(String name, FeatureMap x, FeatureMap code, int groups) {
    Graph graph = x.graph();
    SDVariable values = code.value().reshape(code.batch(), code.area(), code.channels());
    SDVariable mean = values.mean(true, 1);
    SDVariable centered = values.sub(mean);
    // The published code divides by one less than the number of positions.
    SDVariable variance = centered.mul(centered).sum(1).mul(1.0 / (code.area() - 1));
    SDVariable deviation = graph.sameDiff().math().sqrt(variance.add(EPSILON));
    SDVariable scale =
        Linear.rows(graph, name + ".gamma", deviation, code.channels(), x.channels());
    SDVariable shift =
        Linear.rows(
            graph,
            name + ".beta",
            mean.reshape(code.batch(), code.channels()),
            code.channels(),
            x.channels());
    FeatureMap normal = plain(name, x, groups);
    return x.with(
        normal
            .value()
            .mul(scale.reshape(x.batch(), 1, 1, x.channels()))
            .add(shift.reshape(x.batch(), 1, 1, x.channels())));
  }

  /** Group normalization without an affine map of its own. */
  private static FeatureMap plain(String name, FeatureMap x, int groups) {
    try (INDArray ones = Nd4j.ones(x.channels());
        INDArray zeros = Nd4j.zeros(x.channels())) {
      return x.graph()
          .frozen(
              name,
              parameter -> parameter.endsWith(".weight") ? ones : zeros,
              () -> GroupNormalization.apply("plain", x, groups));
    }
  }
}
