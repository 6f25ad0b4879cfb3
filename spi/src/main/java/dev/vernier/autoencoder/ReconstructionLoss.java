package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.nets.DifferentiableDistance;
import dev.vernier.spi.TrainingContext;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * How far a reconstruction is from its image: error of the pixels and perceptual distance.
 *
 * @param pixels how pixels are compared
 * @param weight of their error
 * @param perceptualWeight of the perceptual distance
 * @param perceptual the perceptual distance; empty for none
 */
record ReconstructionLoss(
    PixelError pixels,
    double weight,
    double perceptualWeight,
    Optional<DifferentiableDistance> perceptual) {
  /** The loss of a training. */
  static ReconstructionLoss of(AutoencoderSettings settings, TrainingContext context) {
    return new ReconstructionLoss(
        settings.reconstructionLoss(),
        settings.reconstructionWeight(),
        settings.perceptualWeight(),
        settings.perceptualWeight() > 0 ? PerceptualLoss.of(context) : Optional.empty());
  }

  /** Adds the terms to an objective. */
  void add(Objective objective, FeatureMap images, FeatureMap reconstruction) {
    SDVariable error = reconstruction.value().sub(images.value());
    objective.add("reconstruction", pixels.mean(error), weight);
    perceptual.ifPresent(
        distance ->
            objective.add("perceptual", distance.mean(images, reconstruction), perceptualWeight));
  }
}
