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
  public Trained train(SDVariable images, FeatureMap trunk, Objective objective, long seed) {
    return new Trained(Encoder.head(frame, trunk, frame.zChannels()), CodebookUpkeep.NONE);
  }
}
