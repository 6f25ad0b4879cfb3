package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.UnitLength;
import dev.vernier.nets.DifferentiableDistance;
import dev.vernier.nets.DifferentiableNet;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The distance that a perceptual loss is made of: a learned one where the training has one, else
 * that of two images in a frozen net. There activations are normalized to unit length over
 * channels, squared differences summed over channels and averaged over positions, images and
 * layers: LPIPS (Zhang et al. 2018) without its learned weights.
 */
final class PerceptualLoss {
  private static final double EPSILON = 1e-10;

  private PerceptualLoss() {}

  /**
   * The distance of a training; empty where it has neither distance nor net.
   *
   * @throws UsageException if the one it has cannot be differentiated
   */
  static Optional<DifferentiableDistance> of(TrainingContext context) {
    return context
        .distance()
        .map(PerceptualLoss::learned)
        .or(() -> context.perceptual().map(PerceptualLoss::within));
  }

  private static DifferentiableDistance learned(PerceptualDistance distance) {
    if (distance instanceof DifferentiableDistance differentiable) {
      return differentiable;
    }
    throw unusable("distance " + distance.name());
  }

  private static DifferentiableDistance within(FeatureExtractor extractor) {
    if (extractor instanceof DifferentiableNet net) {
      return (images, others) -> between(net, images, others);
    }
    throw unusable("features " + extractor.spec().name());
  }

  private static UsageException unusable(String what) {
    return new UsageException(
        what + " cannot be used in a loss: choose others, or set perceptual-weight to 0");
  }

  private static SDVariable between(DifferentiableNet net, FeatureMap images, FeatureMap others) {
    List<SDVariable> real = net.activations(images);
    List<SDVariable> fake = net.activations(others);
    SDVariable sum = null;
    for (int layer = 0; layer < real.size(); layer++) {
      SDVariable difference =
          UnitLength.along(3, real.get(layer), EPSILON)
              .sub(UnitLength.along(3, fake.get(layer), EPSILON));
      SDVariable distance = difference.mul(difference).sum(3).mean();
      sum = sum == null ? distance : sum.add(distance);
    }
    return sum.mul(1.0 / real.size());
  }
}
