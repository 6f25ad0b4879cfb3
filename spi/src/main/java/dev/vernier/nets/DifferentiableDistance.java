package dev.vernier.nets;

import dev.vernier.engine.nn.FeatureMap;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A distance between images that can be laid into a training graph, so that a loss on it reaches
 * the images.
 */
@FunctionalInterface
public interface DifferentiableDistance {
  /**
   * Adds the distance to a graph; the weights of its nets become constants of the graph.
   *
   * @param images of three channels in [-1, 1]
   * @param others the same sizes, about [-1, 1]
   * @return the mean over the pairs, a scalar
   */
  SDVariable mean(FeatureMap images, FeatureMap others);
}
