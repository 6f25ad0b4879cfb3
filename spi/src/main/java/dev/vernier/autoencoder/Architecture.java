package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;

/** The layers around a bottleneck. */
public interface Architecture {
  /** That of VQGAN, which every family shares by default. */
  Architecture VQGAN = new Vqgan(true);

  /**
   * The same with attention in the middle alone, as Taming's configuration makes it where no level
   * has the resolution that attention is asked for.
   */
  Architecture VQGAN_MIDDLE_ATTENTION = new Vqgan(false);

  /** Positions of the smallest code grid that it works on. */
  int fewestPositions();

  /**
   * From images to features of the code grid.
   *
   * @param images of three channels
   */
  FeatureMap trunk(AutoencoderSettings settings, FeatureMap images);

  /**
   * From the bottleneck's output to images. The last convolution is called {@code
   * decoder.conv_out}.
   */
  Decoded decode(AutoencoderSettings settings, FeatureMap z);

  /**
   * What a decoder computes.
   *
   * @param images of three channels, about [-1, 1]
   * @param features what its last convolution reads
   */
  record Decoded(FeatureMap images, FeatureMap features) {}
}
