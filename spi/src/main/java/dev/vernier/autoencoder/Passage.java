package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Parameters;
import org.nd4j.autodiff.samediff.SDVariable;

/** The way from the encoder's trunk to the decoder in training. */
public interface Passage {
  /**
   * Lays it into a training graph. Quantization is straight-through, its losses go into the
   * objective; the search for codes is a Java step of the graph, so that one pass does it all.
   *
   * @param images the batch the trunk was computed from, {@code [batch, 3, size, size]}
   * @param parameters the values the search reads when the graph runs
   * @return of {@code zChannels} channels
   */
  FeatureMap train(
      SDVariable images, FeatureMap trunk, Objective objective, ParameterSource parameters);

  /** What a code keeps of the vector that it stands for. */
  default CodeForm codeForm() {
    return CodeForm.POINT;
  }

  /** Care of the codebook during a training that begins. */
  CodebookUpkeep upkeep(long seed);

  /** Parameters that do not exist yet while a graph is defined. */
  @FunctionalInterface
  interface ParameterSource {
    /** The parameters, once there are any. */
    Parameters get();
  }
}
