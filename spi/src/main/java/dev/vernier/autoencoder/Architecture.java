package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;

/** The layers around a bottleneck. */
public interface Architecture {
  /**
   * Name of the variable that the decoder's last convolution reads, {@code [batch, size, size, c]}.
   */
  String LAST_FEATURES = "decoder.last_features";

  /** That of VQGAN, which every family shares by default. */
  Architecture VQGAN = new Vqgan(true);

  /**
   * The same with attention in the middle alone, as Taming's configuration makes it where no level
   * has the resolution that attention is asked for.
   */
  Architecture VQGAN_MIDDLE_ATTENTION = new Vqgan(false);

  /**
   * From images to features of the code grid.
   *
   * @param images of three channels
   */
  FeatureMap trunk(AutoencoderSettings settings, FeatureMap images);

  /**
   * From the bottleneck's output to images of three channels, about [-1, 1]. The last convolution
   * is called {@code decoder.conv_out}, what it reads {@link #LAST_FEATURES}.
   */
  FeatureMap images(AutoencoderSettings settings, FeatureMap z);
}
