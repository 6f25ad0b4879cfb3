package dev.vernier.engine.train;

import dev.vernier.engine.memory.Pass;
import dev.vernier.engine.program.Parameters;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exponential moving average of weights, starting from the weights as they are. It takes the
 * weights of a step in when they are next read, be it by the following step or because the average
 * is asked for: so they need not be read twice, and what else changed them meanwhile counts. Owns
 * the average.
 */
final class Ema implements AutoCloseable {
  private final Parameters parameters;
  private final float kept;
  private final float share;
  private final INDArray average;
  private boolean behind;

  /**
   * Begins an average.
   *
   * @param decay how much of the average a step keeps, in [0, 1)
   */
  Ema(Parameters parameters, double decay) {
    this.parameters = parameters;
    this.kept = (float) decay;
    this.share = (float) (1 - decay);
    this.average = parameters.values().dup();
  }

  /** Begins again from the weights as they are now. */
  void restart() {
    average.assign(parameters.values());
    behind = false;
  }

  /** Whether the weights of the last step are to be taken in. */
  boolean isBehind() {
    return behind;
  }

  /** Notes that there was a step. */
  void stepped() {
    behind = true;
  }

  /** Takes a stretch of weights in. */
  void take(float[] values, float[] averages, int count) {
    float a = kept;
    float b = share;
    for (int i = 0; i < count; i++) {
      averages[i] = a * averages[i] + b * values[i];
    }
  }

  /** The averaged weights, flat as {@link Parameters#values()}; owned by this. */
  INDArray values() {
    if (behind) {
      new Pass(
              List.of(parameters.values()),
              List.of(average),
              List.of(Math.toIntExact(parameters.count())))
          .run((stretch, floats) -> take(floats[0], floats[1], stretch.count()));
      behind = false;
    }
    return average;
  }

  /** Where the average lies; owned by this. */
  INDArray array() {
    return average;
  }

  @Override
  public void close() {
    average.close();
  }
}
