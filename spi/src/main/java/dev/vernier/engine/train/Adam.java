package dev.vernier.engine.train;

import dev.vernier.engine.program.Parameters;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam (Kingma and Ba 2015) as PyTorch computes it: bias-corrected moments, epsilon outside the
 * root; with weight decay above 0 it is AdamW (Loshchilov and Hutter 2019), decoupled decay. Owns
 * its moments.
 */
public final class Adam implements AutoCloseable {
  private final Options options;
  private final INDArray first;
  private final INDArray second;
  private long steps;

  /** An optimizer with zero moments. */
  Adam(Parameters parameters, Options options) {
    this.options = options;
    this.first = Nd4j.create(DataType.FLOAT, Math.max(1, parameters.count()));
    this.second = Nd4j.create(DataType.FLOAT, Math.max(1, parameters.count()));
  }

  /**
   * Begins the next step.
   *
   * @param gradientScale factor on all gradients, such as the one {@link GradientClipping} gives
   */
  Step next(double learningRate, double gradientScale) {
    steps++;
    return new Step(learningRate, gradientScale);
  }

  /** How many steps were begun. */
  long steps() {
    return steps;
  }

  /** First moments, flat; owned by this. */
  INDArray firstMoments() {
    return first;
  }

  /** Second moments, flat; owned by this. */
  INDArray secondMoments() {
    return second;
  }

  /** Goes on after a number of steps; the moments must have been set to what they were then. */
  void resumeAt(long number) {
    steps = number;
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }

  /**
   * Constants of the method.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the second moment
   * @param weightDecay decoupled; 0 for plain Adam
   */
  public record Options(double beta1, double beta2, double epsilon, double weightDecay) {}

  /** The numbers of one step; safe for use by several threads. */
  final class Step {
    private final float scale;
    private final float rate;
    private final float root;
    private final float kept;

    private Step(double learningRate, double gradientScale) {
      this.scale = (float) gradientScale;
      this.rate = (float) (learningRate / (1 - Math.pow(options.beta1(), (double) steps)));
      this.root = (float) (1 / Math.sqrt(1 - Math.pow(options.beta2(), (double) steps)));
      this.kept = (float) (1 - learningRate * options.weightDecay());
    }

    /**
     * Updates a stretch of values and moments.
     *
     * @param decays whether weight decay shrinks these values
     */
    void update(
        float[] values, float[] gradients, float[] m, float[] v, int count, boolean decays) {
      moments(gradients, m, v, count);
      move(values, m, v, count, decays ? kept : 1);
    }

    private void moments(float[] gradients, float[] m, float[] v, int count) {
      float beta1 = (float) options.beta1();
      float beta2 = (float) options.beta2();
      float rest1 = (float) (1 - options.beta1());
      float rest2 = (float) (1 - options.beta2());
      float factor = scale;
      for (int i = 0; i < count; i++) {
        float g = gradients[i] * factor;
        m[i] = beta1 * m[i] + rest1 * g;
        v[i] = beta2 * v[i] + rest2 * (g * g);
      }
    }

    private void move(float[] values, float[] m, float[] v, int count, float keep) {
      float epsilon = (float) options.epsilon();
      float step = rate;
      float correction = root;
      for (int i = 0; i < count; i++) {
        values[i] =
            values[i] * keep - step * m[i] / ((float) Math.sqrt(v[i]) * correction + epsilon);
      }
    }
  }
}
