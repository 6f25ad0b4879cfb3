package dev.vernier.autoencoder;

import dev.vernier.adversarial.AdaptiveWeight;
import dev.vernier.adversarial.Adversary;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Plan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Balances the adversarial loss against the reconstruction losses at the decoder's last layer. It
 * computes the reconstruction losses once more, by themselves.
 */
final class AdaptiveBalance implements Adversary.Balance, AutoCloseable {
  private static final String IMAGES = "images";
  private static final String RECONSTRUCTION = "reconstruction";

  private final AdaptiveWeight weight;
  private final Parameters none;
  private final INDArray gradient;
  private final Plan plan;

  /**
   * A balance.
   *
   * @param imageShape {@code [batch, 3, size, size]}
   * @param featureShape of the last convolution's input
   */
  AdaptiveBalance(ReconstructionLoss loss, long[] imageShape, long[] featureShape) {
    this.weight = new AdaptiveWeight(featureShape);
    Graph graph = new Graph();
    SDVariable images = graph.input(IMAGES, imageShape);
    SDVariable reconstruction = graph.input(RECONSTRUCTION, imageShape);
    Objective objective = new Objective();
    FeatureMap map = new FeatureMap(graph, images, (int) imageShape[0], 3, (int) imageShape[2]);
    loss.add(objective, map, reconstruction);
    this.none = Parameters.initialize(graph, 0);
    this.gradient = Nd4j.create(DataType.FLOAT, imageShape);
    this.plan = Plan.inputGradient(graph, none, objective.total(), reconstruction, gradient);
  }

  /** Sees reconstruction, images and the last convolution's input. */
  @Override
  public double of(INDArray[] seen, INDArray adversarial) {
    plan.set(RECONSTRUCTION, seen[0]);
    plan.set(IMAGES, seen[1]);
    plan.run();
    return weight.of(seen[2], gradient, adversarial);
  }

  @Override
  public void close() {
    plan.close();
    gradient.close();
    none.close();
    weight.close();
  }
}
