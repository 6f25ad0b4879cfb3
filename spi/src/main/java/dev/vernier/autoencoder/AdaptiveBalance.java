package dev.vernier.autoencoder;

import dev.vernier.adversarial.AdaptiveWeight;
import dev.vernier.adversarial.Adversary;
import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Balances the adversarial loss against the reconstruction losses at the decoder's last layer. It
 * computes the reconstruction losses once more, by themselves.
 */
final class AdaptiveBalance implements Adversary.Balance, AutoCloseable {
  private final Owned owned = new Owned();
  private final AdaptiveWeight weight;
  private final SDVariable images;
  private final SDVariable reconstruction;
  private final Execution execution;

  /**
   * A balance.
   *
   * @param imageShape {@code [batch, 3, height, width]}
   * @param featureShape of the last convolution's input
   */
  AdaptiveBalance(ReconstructionLoss loss, long[] imageShape, long[] featureShape) {
    Graph graph = new Graph();
    this.images = graph.input("images", imageShape);
    this.reconstruction = graph.input("reconstruction", imageShape);
    Objective objective = new Objective();
    loss.add(
        objective, FeatureMap.ofInput(graph, images), FeatureMap.ofInput(graph, reconstruction));
    try {
      this.weight = owned.add(new AdaptiveWeight(featureShape));
      Parameters none = owned.add(Parameters.initialize(graph, 0));
      this.execution =
          owned.add(
              Executors.chosen()
                  .compile(Program.inputGradient(graph, objective.total(), reconstruction), none));
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  /** Sees reconstruction, images and the last convolution's input. */
  @Override
  public double of(INDArray[] seen, INDArray adversarial) {
    execution.set(reconstruction, seen[0]);
    execution.set(images, seen[1]);
    execution.run();
    try (INDArray gradient = execution.readGradient(reconstruction)) {
      return weight.of(seen[2], gradient, adversarial);
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
