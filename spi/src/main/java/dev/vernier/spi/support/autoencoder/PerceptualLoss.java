package dev.vernier.spi.support.autoencoder;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.UsageException;
import dev.vernier.spi.support.features.DifferentiableNet;
import dev.vernier.spi.support.graph.Graph;
import dev.vernier.spi.support.nn.FeatureMap;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The distance of two images in a frozen net: activations normalized to unit length over channels,
 * squared differences summed over channels and averaged over positions, images and layers. That is
 * LPIPS (Zhang et al. 2018) without its learned weights.
 */
final class PerceptualLoss {
  private static final double EPSILON = 1e-10;

  private PerceptualLoss() {}

  static SDVariable between(FeatureExtractor extractor, FeatureMap images, FeatureMap others) {
    if (!(extractor instanceof DifferentiableNet net)) {
      throw new UsageException(
          "features "
              + extractor.spec().name()
              + " cannot be used in a loss: choose others, or set perceptual-weight to 0");
    }
    Graph graph = images.graph();
    List<SDVariable> real = net.activations(images);
    List<SDVariable> fake = net.activations(others);
    SDVariable sum = null;
    for (int layer = 0; layer < real.size(); layer++) {
      SDVariable difference = unit(graph, real.get(layer)).sub(unit(graph, fake.get(layer)));
      SDVariable distance = difference.mul(difference).sum(1).mean();
      sum = sum == null ? distance : sum.add(distance);
    }
    return sum.mul(1.0 / real.size());
  }

  private static SDVariable unit(Graph graph, SDVariable activation) {
    return activation.div(
        graph.sameDiff().math().sqrt(activation.mul(activation).sum(true, 1).add(EPSILON)));
  }
}
