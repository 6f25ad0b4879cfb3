package dev.vernier.autoencoder;

import dev.vernier.adversarial.Adversary;
import dev.vernier.engine.Execution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.TrainingContext;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The adversarial part of a training: the discriminator, and what balances its loss.
 *
 * @param adversary closed with this
 * @param balance of the losses, where it is adaptive; closed with this
 * @param images of the generator's graph
 * @param reconstruction of the generator's graph
 * @param features what the generator's last convolution reads
 */
record AdversarialTraining(
    Adversary adversary,
    Optional<AdaptiveBalance> balance,
    SDVariable images,
    SDVariable reconstruction,
    SDVariable features)
    implements AutoCloseable {
  /** A discriminator's weights are drawn from another stream than the generator's. */
  private static final long STREAM = 0x5DEECE66DL;

  static AdversarialTraining of(
      AutoencoderSettings settings,
      TrainingContext context,
      ReconstructionLoss loss,
      SDVariable images,
      Architecture.Decoded decoded) {
    int batch = context.batchSize();
    ImageSize size = context.dataset().spec().imageSize();
    Adversary adversary =
        new Adversary(
            settings.adversarial(),
            settings.ofDiscriminator(context.steps()),
            context.seed() ^ STREAM,
            batch,
            size);
    long[] imageShape = {batch, 3, size.height(), size.width()};
    FeatureMap features = decoded.features();
    long[] featureShape = {batch, features.height(), features.width(), features.channels()};
    try {
      Optional<AdaptiveBalance> balance =
          settings.adversarial().adaptive()
              ? Optional.of(new AdaptiveBalance(loss, imageShape, featureShape))
              : Optional.empty();
      return new AdversarialTraining(
          adversary, balance, images, decoded.images().channelsFirst(), features.value());
    } catch (RuntimeException | Error e) {
      adversary.close();
      throw e;
    }
  }

  /** The generator's adversarial loss. */
  SDVariable term(Graph graph) {
    if (balance.isEmpty()) {
      return adversary.term(graph, reconstruction, Adversary.Balance.FIXED, List.of());
    }
    return adversary.term(graph, reconstruction, balance.get(), List.of(images, features));
  }

  /** The discriminator's step after the generator's; gives its loss. */
  double update(INDArray batch, Execution generator) {
    try (INDArray made = generator.read(reconstruction)) {
      return adversary.update(batch, made);
    }
  }

  @Override
  public void close() {
    adversary.close();
    balance.ifPresent(AdaptiveBalance::close);
  }
}
