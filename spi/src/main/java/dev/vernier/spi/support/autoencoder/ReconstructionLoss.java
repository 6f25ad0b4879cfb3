package dev.vernier.spi.support.autoencoder;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.support.nn.FeatureMap;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * How far a reconstruction is from its image: squared error and perceptual distance.
 *
 * @param weight of the squared error
 * @param perceptualWeight of the perceptual distance; 0 for none
 * @param net of the perceptual distance; empty for none
 */
record ReconstructionLoss(double weight, double perceptualWeight, Optional<FeatureExtractor> net) {
  /** Adds the terms to an objective. */
  void add(Objective objective, FeatureMap images, SDVariable reconstruction) {
    SDVariable error = reconstruction.sub(images.value());
    objective.add("reconstruction", error.mul(error).mean(), weight);
    if (perceptualWeight > 0 && net.isPresent()) {
      SDVariable distance = PerceptualLoss.between(net.get(), images, images.with(reconstruction));
      objective.add("perceptual", distance, perceptualWeight);
    }
  }
}
