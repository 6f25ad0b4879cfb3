package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;

/**
 * The encoder and decoder of VQGAN.
 *
 * @param levelAttention whether attention follows each residual block of the lowest resolution,
 *     besides that of the middle
 */
record Vqgan(boolean levelAttention) implements Architecture {
  @Override
  public int fewestPositions() {
    return 1;
  }

  @Override
  public FeatureMap trunk(AutoencoderSettings settings, FeatureMap images) {
    return Encoder.trunk(settings, levelAttention, images);
  }

  @Override
  public Decoded decode(AutoencoderSettings settings, FeatureMap z) {
    return Decoder.decode(settings, levelAttention, z);
  }
}
