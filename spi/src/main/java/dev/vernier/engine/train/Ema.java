package dev.vernier.engine.train;

import dev.vernier.engine.program.Parameters;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exponential moving average of weights, starting from the weights as they are. Owns the
 * average.
 */
public final class Ema implements AutoCloseable {
  private final Parameters parameters;
  private final double decay;
  private final INDArray average;

  /**
   * Begins an average.
   *
   * @param decay how much of the average a step keeps, in [0, 1)
   */
  public Ema(Parameters parameters, double decay) {
    this.parameters = parameters;
    this.decay = decay;
    this.average = parameters.values().dup();
  }

  /** Begins again from the weights as they are now. */
  public void restart() {
    average.assign(parameters.values());
  }

  /** Takes the present weights in. */
  public void update() {
    average.muli(decay);
    try (INDArray share = parameters.values().mul(1 - decay)) {
      average.addi(share);
    }
  }

  /** The averaged weights, flat as {@link Parameters#values()}; owned by this. */
  public INDArray values() {
    return average;
  }

  @Override
  public void close() {
    average.close();
  }
}
