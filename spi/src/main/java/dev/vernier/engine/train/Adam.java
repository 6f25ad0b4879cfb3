package dev.vernier.engine.train;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
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
  private static final int CHUNK = 16_384;

  private final Parameters parameters;
  private final Options options;
  private final INDArray first;
  private final INDArray second;
  private final ThreadLocal<float[][]> scratch = ThreadLocal.withInitial(() -> new float[4][CHUNK]);
  private long step;

  /** An optimizer with zero moments. */
  public Adam(Parameters parameters, Options options) {
    this.parameters = parameters;
    this.options = options;
    this.first = Nd4j.create(DataType.FLOAT, Math.max(1, parameters.count()));
    this.second = Nd4j.create(DataType.FLOAT, Math.max(1, parameters.count()));
  }

  /**
   * Updates every parameter from its gradient.
   *
   * @param learningRate of this step
   * @param gradientScale factor on all gradients, such as the one {@link GradientClipping} gives
   */
  public void update(double learningRate, double gradientScale) {
    step++;
    Floats values = Floats.of(parameters.values());
    Floats gradients = Floats.of(parameters.gradients());
    Floats m = Floats.of(first);
    Floats v = Floats.of(second);
    int count = values.length();
    float rate = (float) (learningRate / (1 - Math.pow(options.beta1(), (double) step)));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(options.beta2(), (double) step)));
    float decay = (float) (1 - learningRate * options.weightDecay());
    Parallel.forEach(
        (count + CHUNK - 1) / CHUNK,
        chunk -> {
          int from = chunk * CHUNK;
          int size = Math.min(CHUNK, count - from);
          float[][] s = scratch.get();
          values.read(from, s[0], size);
          gradients.read(from, s[1], size);
          m.read(from, s[2], size);
          v.read(from, s[3], size);
          moments(s[1], s[2], s[3], size, (float) gradientScale);
          apply(s[0], s[2], s[3], size, rate, root, decay);
          values.write(from, s[0], size);
          m.write(from, s[2], size);
          v.write(from, s[3], size);
        });
  }

  private void moments(float[] gradient, float[] m, float[] v, int size, float scale) {
    float beta1 = (float) options.beta1();
    float beta2 = (float) options.beta2();
    float rest1 = (float) (1 - options.beta1());
    float rest2 = (float) (1 - options.beta2());
    for (int i = 0; i < size; i++) {
      float g = gradient[i] * scale;
      m[i] = beta1 * m[i] + rest1 * g;
      v[i] = beta2 * v[i] + rest2 * (g * g);
    }
  }

  private void apply(
      float[] value, float[] m, float[] v, int size, float rate, float root, float decay) {
    float epsilon = (float) options.epsilon();
    for (int i = 0; i < size; i++) {
      value[i] = value[i] * decay - rate * m[i] / ((float) Math.sqrt(v[i]) * root + epsilon);
    }
  }

  /** How many updates there were. */
  public long step() {
    return step;
  }

  /** First moments, flat; owned by this. */
  public INDArray firstMoments() {
    return first;
  }

  /** Second moments, flat; owned by this. */
  public INDArray secondMoments() {
    return second;
  }

  /** Goes on after a number of updates; the moments must have been set to what they were then. */
  public void resumeAt(long updates) {
    step = updates;
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
}
