package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;
import org.nd4j.autodiff.samediff.SDVariable;

/** The way from the encoder's trunk to the decoder in training. */
public interface Passage {
  /**
   * Lays it into a training graph. Quantization is straight-through, its losses go into the
   * objective; the search for codes is a Java step of the graph, so that one pass does it all.
   *
   * @param images the batch the trunk was computed from, {@code [batch, 3, height, width]}
   * @param seed decides what the codebook's upkeep leaves to chance
   */
  Trained train(SDVariable images, FeatureMap trunk, Objective objective, long seed);

  /** What a code keeps of the vector that it stands for. */
  default CodeForm codeForm() {
    return CodeForm.POINT;
  }

  /**
   * A passage in a training graph.
   *
   * @param output of {@code zChannels} channels
   * @param upkeep of the codebook during the training; the caller closes it
   */
  record Trained(FeatureMap output, CodebookUpkeep upkeep) {}
}
