package dev.vernier.autoencoder;

import org.nd4j.autodiff.samediff.SDVariable;

/** How the pixels of a reconstruction are compared with those of its image; means over all. */
public enum PixelError {
  /** The squared error (LlamaGen, FQGAN). */
  L2 {
    @Override
    SDVariable mean(SDVariable error) {
      return error.mul(error).mean();
    }
  },
  /** The absolute error (Taming Transformers, VQGAN-LC, Open-MAGVIT2). */
  L1 {
    @Override
    SDVariable mean(SDVariable error) {
      return error.getSameDiff().math().abs(error).mean();
    }
  };

  /** A scalar. */
  abstract SDVariable mean(SDVariable error);
}
