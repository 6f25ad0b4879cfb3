package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The encoder and decoder of VQGAN.
 *
 * @param levelAttention whether attention follows each residual block of the lowest resolution,
 *     besides that of the middle
 */
record Vqgan(boolean levelAttention) implements Architecture {
  @Override
  public FeatureMap trunk(
      AutoencoderSettings settings, Graph graph, SDVariable images, int batch, int size) {
    return Encoder.trunk(
        settings, levelAttention, FeatureMap.ofImages(graph, images, batch, size, size));
  }

  @Override
  public FeatureMap images(AutoencoderSettings settings, FeatureMap z) {
    return Decoder.images(settings, levelAttention, z);
  }
}
