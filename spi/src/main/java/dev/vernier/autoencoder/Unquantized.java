package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * No quantizer: what the encoder's head says goes to the decoder as it is.
 *
 * @param frame sizes of the frame
 */
record Unquantized(AutoencoderSettings frame) implements Passage {
  @Override
  public FeatureMap train(
      SDVariable images, FeatureMap trunk, Objective objective, ParameterSource parameters) {
    return Encoder.head(frame, trunk, frame.zChannels());
  }

  @Override
  public CodebookUpkeep upkeep(long seed) {
    return CodebookUpkeep.NONE;
  }
}
