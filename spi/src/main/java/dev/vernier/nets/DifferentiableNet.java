package dev.vernier.nets;

import dev.vernier.engine.nn.FeatureMap;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A frozen net that can be laid into a training graph, so that a loss on its activations reaches
 * the images.
 */
public interface DifferentiableNet {
  /**
   * Adds the net to a graph; its weights become constants of the graph.
   *
   * @param images of three channels in [-1, 1]
   * @return activations from shallow to deep, each {@code [batch, height, width, channels]}
   */
  List<SDVariable> activations(FeatureMap images);
}
